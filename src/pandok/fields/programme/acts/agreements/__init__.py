"""Agreements: drafted, offered, signed and locked; amended in view of everybody; their milestones."""
