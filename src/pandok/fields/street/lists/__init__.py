"""What is read of streetlights."""
