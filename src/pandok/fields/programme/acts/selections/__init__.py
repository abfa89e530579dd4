"""Selections: ranked by the panel, offered by the office, voted on by the committee, drafted as agreements."""
