"""Structure of cargo containers: found in a scan, laid on that of its own kind, compared where nothing should be."""
