"""Pages of X-ray."""
