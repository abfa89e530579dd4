"""A sitting from its beginning to its end."""
