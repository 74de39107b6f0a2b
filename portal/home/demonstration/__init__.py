"""The demonstration area: real places, invented services, people, users and referrals."""
