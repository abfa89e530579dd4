"""Closed solids, and how far a ray runs through them."""
