"""How pages are made: form fields, NHS.UK macros, finished words, front-end files."""
