"""Files of the street readers' models."""
