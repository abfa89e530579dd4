"""Pages of the programme desk."""
