"""Similar images of the past: embedded, indexed once decided on, found and shown."""
