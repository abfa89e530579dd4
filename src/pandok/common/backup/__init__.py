"""Backups of a whole site, and bringing one up on an empty machine."""
