"""Users, organisations, teams, memberships, roles, sign-in."""
