"""The record's lists of choices, as people read them."""

from collections.abc import Mapping
from typing import Final

CONTACTS: Final[Mapping[str, str]] = {
    "visit": "In person",
    "phone": "By telephone",
    "video": "By video call",
    "message": "By message",
    "letter": "By letter",
    "other": "In another way",
}
RISK_CHANGES: Final[Mapping[str, str]] = {
    "higher": "Higher than before",
    "same": "The same as before",
    "lower": "Lower than before",
    "unclear": "Unclear",
}
INDICATORS: Final[Mapping[str, str]] = {
    "unexplained_money": "Money or goods that nobody can explain",
    "second_phone": "A second telephone",
    "train_tickets": "Train tickets, or travel out of the area",
    "weapons": "Weapons",
    "older_associates": "Older friends or associates",
    "injuries": "Injuries",
    "sexual_exploitation": "Signs of sexual exploitation",
    "criminal_exploitation": "Signs of criminal exploitation",
    "county_lines": "Signs of county lines",
    "trafficking": "Signs of trafficking",
    "radicalisation": "Signs of radicalisation",
    "online_grooming": "Grooming online",
    "drugs_or_alcohol": "Drugs or alcohol",
    "gifts": "Gifts",
    "other": "Something else",
}
