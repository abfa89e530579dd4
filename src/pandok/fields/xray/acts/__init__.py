"""Use cases of X-ray: one function each."""
