"""Rows into finished words: one file per page."""
