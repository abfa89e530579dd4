"""Threat image projection: a threat put into the scan of a bag as if both had been scanned together."""
