"""The quality gate: what a fair practice manager would say of a record, by rule and with the words concerned."""
