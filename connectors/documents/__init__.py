"""Files and e-mails as forces send them, read into tables, lines and trees."""

from connectors.documents.parts import Document, Fault, Lines, Mail, Row, Table, Tree
from connectors.documents.reading import Hints, read

__all__ = ["Document", "Fault", "Hints", "Lines", "Mail", "Row", "Table", "Tree", "read"]
