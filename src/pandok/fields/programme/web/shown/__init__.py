"""From records of the programme to what a page shows."""
