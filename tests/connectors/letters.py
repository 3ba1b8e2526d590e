"""A message as tests of all ways send it."""

from connectors.channel import Message

ALERT = Message(
    key="6c2e1f0a-0000-4000-8000-000000000001",
    to="grace.bell@example.gov.uk",
    subject="Homeward: A return home interview is not held yet: overdue by 5 hours",
    text="It is late.\n\nhttps://homeward.example/children/1\n",
    short="Homeward. It is late. https://homeward.example/children/1",
    html="<p>It is late.</p>",
)
