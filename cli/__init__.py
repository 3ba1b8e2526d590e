"""`homeward …`: one thin command per job, and the composition root."""
