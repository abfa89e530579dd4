"""Views of the programme desk."""
