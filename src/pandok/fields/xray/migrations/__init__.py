"""Migrations of X-ray."""
