"""Telling people: the outbox, its dispatcher, delivery by mail, and what is shown in the app."""
