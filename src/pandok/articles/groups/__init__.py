"""One file per goods group; each ends with the groups it offers."""
