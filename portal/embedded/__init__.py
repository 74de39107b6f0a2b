"""Own PostgreSQL, Redis and mail server for a demonstration and for tests, and their supervision.

The lowest room of the house: it knows nothing of Django and may be imported by nothing that
serves real people. Linux only.
"""
