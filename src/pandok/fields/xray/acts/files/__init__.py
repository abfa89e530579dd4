"""Scans in files and folders: look at them, turn them into one form. No record is made."""
