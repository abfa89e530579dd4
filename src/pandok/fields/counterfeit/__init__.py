"""Use cases of the field desk."""
