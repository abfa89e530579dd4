"""Personal data in deposits: found by rules that are stated, masked, counted; never quoted."""
