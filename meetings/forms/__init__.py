"""What people type: one file per page."""
