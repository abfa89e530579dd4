"""Folders with known truth: read, measured, shown as a table."""
