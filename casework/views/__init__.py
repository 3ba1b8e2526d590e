"""What people read of a case, where a rule is needed to say it."""
