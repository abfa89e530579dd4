"""What runs in the child. Nothing foreign is read before every door is locked."""
