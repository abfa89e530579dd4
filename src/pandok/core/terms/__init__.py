"""Rules of a case as functions of values: states, whose turn, legal clocks, business days."""
