"""Applications to calls: drafted, submitted once, withdrawn until the deadline."""
