"""Pages of streetlights."""
