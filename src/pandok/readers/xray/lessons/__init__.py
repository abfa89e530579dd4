"""Pictures to learn from: an article in a bag, the same bag without it, where it lies, how hard it may be to see."""
