"""The district on a map: where poles stand, how each stands now, and tiles of both for the browser."""
