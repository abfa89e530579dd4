"""Scores, comparisons, what a Ladder shows, reports, and their release by two persons."""
