"""What Prefect does by the clock. The rules stay in `domain` and `casework`; a flow asks and tells."""
