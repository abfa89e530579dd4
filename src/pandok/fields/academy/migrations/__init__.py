"""Tables of the academy, step by step."""
