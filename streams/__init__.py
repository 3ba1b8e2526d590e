"""What carries notifications to `casework.apply`, and events to whoever reads them."""
