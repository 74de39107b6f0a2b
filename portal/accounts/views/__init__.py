"""Pages about accounts. Those of allauth that need no more than our templates are in urls.py."""
