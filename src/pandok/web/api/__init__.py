"""The REST API: parses, calls the use cases of the desk, answers JSON. Everything under /api/v1/."""
