"""Records of the lab, one idea a file."""
