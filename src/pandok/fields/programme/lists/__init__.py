"""What is read at the programme desk."""
