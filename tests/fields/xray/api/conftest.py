"""The API of a site with two customs offices, and accounts of every kind."""

from tests.api.world import site

__all__ = ["site"]
