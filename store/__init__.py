"""PostgreSQL: tables, migrations, the few queries."""
