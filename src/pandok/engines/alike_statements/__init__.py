"""Which statements of a problem mean the same, although two people wrote them in other words."""
