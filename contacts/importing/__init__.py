"""Readers of open data in the shapes in which its publishers hand it out. They write nothing."""
