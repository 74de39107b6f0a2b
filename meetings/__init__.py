"""Meetings of the two sides. What will live here: slots that spare clinics, agenda, contributions
in writing or for one item only, decisions and actions, calendars. There is nothing yet."""
