"""What is read in the academy, and who may see whose."""
