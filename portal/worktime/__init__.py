"""Time: opening hours, bank holidays, working time; working patterns, bookings, other calendars."""
