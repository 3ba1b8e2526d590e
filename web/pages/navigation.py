"""The menu: the places that somebody works in, by what they do here."""

from web import access
from web.guard.sessions import Who

PLACES = (
    ("/my-interviews", "My interviews"),
    ("/board", "Board"),
    ("/allocate", "Allocate"),
    ("/alerts", "Alerts"),
    ("/load", "Load"),
    ("/now", "Missing now"),
    ("/children", "Children"),
    ("/notifications/new", "Record"),
    ("/screening", "Screening"),
    ("/figures", "Figures"),
    ("/audit", "Audit"),
    ("/policy", "Policy"),
    ("/admin", "Administration"),
)


def menu(who: Who | None) -> list[tuple[str, str]]:
    """Return the places of one person, in the order in which the menu has them."""
    return [(path, name) for path, name in PLACES if who and access.may(who.duties, "GET", path)]
