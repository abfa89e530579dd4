"""Holders, importers, associations and sites: who keeps them, and the guides that holders write."""
