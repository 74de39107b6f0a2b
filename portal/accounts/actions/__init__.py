"""What happens to accounts: invitations, leaving, and losing a second step."""
