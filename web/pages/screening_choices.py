"""What may be right about a question: which facts are doubted, who stands beside, and what can be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.views.evidence import Candidate, Evidence
from domain_fields import FIELDS
