"""The quality gate: what a fair practice manager would say of a record, with the words concerned."""

from domain.quality.archive import Archive, Child, Filed, file_record
from domain.quality.finding import Finding
from domain.quality.gate import examine
from domain.quality.reading import Circumstances

__all__ = ["Archive", "Child", "Circumstances", "Filed", "Finding", "examine", "file_record"]
