"""What carries notifications to `casework.apply`: the embedded runner; Kafka joins here."""
