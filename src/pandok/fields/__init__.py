"""The fields of this site. Each has the same outline (docs/do/add-a-field.md); all stand on pandok.common."""

INSTALLED: tuple[str, ...] = (
    "pandok.fields.register",
    "pandok.fields.designs",
    "pandok.fields.counterfeit",
    "pandok.fields.lab",
    "pandok.fields.xray",
    "pandok.fields.street",
    "pandok.fields.academy",
    "pandok.fields.programme",
)
"""Lowest first: a field knows those before it, never those after."""
