"""Time as teams keep it: opening hours, bank holidays, working time. No person, no database yet."""
