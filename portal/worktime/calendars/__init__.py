"""Calendars from outside: fetched with a guarded address, read within hard limits, kept as busy or
free. Nothing here needs Django's settings or the database: it runs in a process of its own."""
