"""What the flood forecast knows: the flood so far, the floods before it at the same place, boosted trees."""
