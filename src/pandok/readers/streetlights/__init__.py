"""From observations of a pole to hazards, one a file: values in, scores and alerts out. No files, no clock, no
network."""
