"""Django's PostgreSQL, as the setting ENGINE names it: see base.py."""
