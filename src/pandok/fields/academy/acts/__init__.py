"""What is done in the academy."""
