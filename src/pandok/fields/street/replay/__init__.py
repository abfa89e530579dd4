"""A stored period again, faster than it was: what a reader says of it, and what another one would have said."""
