"""What changes the directory: each function is one event, in one transaction."""
