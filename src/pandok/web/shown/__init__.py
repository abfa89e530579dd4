"""From records to what a page shows: words, numbers and drawing positions, as plain values."""
