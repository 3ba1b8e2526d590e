"""The ladder: which steps come due, who is told, and when an alert is over. Pure."""
