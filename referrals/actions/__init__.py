"""What happens to a referral: one file per business event."""
