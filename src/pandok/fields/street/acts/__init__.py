"""Use cases of streetlights: one function each."""
