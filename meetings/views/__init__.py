"""Thin faces: access, form, action, redirect."""
