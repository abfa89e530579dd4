"""Calls: drafted by the office, published by the manager, decided by the committee."""
