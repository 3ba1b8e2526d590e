"""What people and other systems read: one function per question, each in the reader's own transaction."""
