"""Outcomes of agreements: entered with their evidence, checked by another person."""
