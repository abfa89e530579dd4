"""Tables of the programme desk, step by step."""
