"""Mending a message that could not be taken, field by field: what is asked, shown, read and said of it."""
