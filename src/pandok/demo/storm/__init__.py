"""A night in a storm on a street of twelve poles, simulated: told by the use cases of the product alone."""
