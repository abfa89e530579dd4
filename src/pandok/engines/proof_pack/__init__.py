"""Proof packs as files: written with the same bytes everywhere, read as if an enemy had made them, checked alone."""
