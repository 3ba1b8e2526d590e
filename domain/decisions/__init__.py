"""What people decide about who a child is, and what follows from it for whose each message is."""

from domain.decisions.assign import Assignment, Placed, assign
from domain.decisions.decision import Decision, DecisionKind, held, standing
from domain.decisions.place import placed_with

__all__ = ["Assignment", "Decision", "DecisionKind", "Placed", "assign", "held", "placed_with", "standing"]
