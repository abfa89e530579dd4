"""What articles are made of: curves, solids, meshes, and the knobs that turn them."""
