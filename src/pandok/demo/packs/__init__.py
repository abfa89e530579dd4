"""Packs that come with Pandok: the problem as text, and a builder that makes the folder from data lying elsewhere."""
