"""The hall of readers, for all tests of X-ray."""

from tests.fields.xray.hall import hall

__all__ = ["hall"]
