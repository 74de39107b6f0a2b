"""Common Ground: referral and case coordination between GPs, hospitals and adult social care."""
