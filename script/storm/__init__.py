"""Chaos: the whole portal under random blows, while referrals are sent to it (script/chaos)."""
