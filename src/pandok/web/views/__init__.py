"""Pages: each view parses, calls one use case and renders."""
