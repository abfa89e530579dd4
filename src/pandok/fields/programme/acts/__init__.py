"""Use cases of the programme desk."""
