"""Is something sealed inside what wants to leave? Keyed prints of pictures, rows and files: found again, never read."""
