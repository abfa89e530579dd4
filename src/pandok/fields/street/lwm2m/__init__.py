"""LwM2M devices behind a gateway: SenML packs of uCIFI objects, read as readings of poles."""
