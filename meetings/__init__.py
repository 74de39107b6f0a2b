"""Meetings of the two sides: slots that spare clinics, agenda, contributions in writing or for one
item only, decisions and actions, calendars."""
