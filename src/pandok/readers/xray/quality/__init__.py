"""How good a scan is, as values with reasons: noise, contrast, resolution, saturation, channels; with a test object,
more."""
