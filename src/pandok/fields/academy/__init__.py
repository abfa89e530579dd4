"""The academy: threats that are true, readers that improve, and people trained on customs data."""
