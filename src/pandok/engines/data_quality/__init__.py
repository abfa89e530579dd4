"""The quality of a data set, computed from its files: against its plan, between its splits, and label by label."""
