"""Use cases of the map of resources."""
