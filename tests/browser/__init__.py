"""Journeys of the people who use the portal, in Chromium, through all of its real processes."""
