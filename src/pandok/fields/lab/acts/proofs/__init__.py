"""Proofs: made of released results, brought in from other sites, put to an acceptance test, and expiring."""
