"""Hand-overs to other sites: made, taken in, answered."""
