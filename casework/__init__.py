"""What people and machines do to a case: one use case, one transaction."""
