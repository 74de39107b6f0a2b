"""Finding a time: pure functions over minutes. No database, no Django, no words about a person."""
