"""Open challenges: written, announced, opened, closed and published by the office; teams that take part."""
