"""The shell: home page, health, errors, navigation."""
