"""The structure of containers: empty ones, what differs from them, and how much of what is hidden that finds."""
