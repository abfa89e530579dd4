"""Pages of the proving lab."""
