"""Smart streetlights: poles that see flood, fire and faults, and the room that answers."""
