"""What was caught: photographs and captures, their readings, marks read later."""
