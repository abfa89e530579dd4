"""The API of a site, as tests/api asks it."""

from tests.api.world import site

__all__ = ["site"]
