"""The quality gate: what a fair practice manager would say of a record, with the words concerned."""
