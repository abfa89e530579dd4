"""Readers: signal to reading. Pure computing on arrays and values; no files, no framework."""
