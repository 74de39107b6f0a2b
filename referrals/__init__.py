"""The person, the referral, triage, the thread, the decision."""
