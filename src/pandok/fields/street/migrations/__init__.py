"""Tables of streetlights, step by step."""
