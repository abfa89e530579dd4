"""Hand-over packages as bytes: made, opened and checked with nothing but public keys."""
