"""Mail and webhooks are sent by a worker: the one of the tests of jobs."""

from tests.common.jobs.conftest import house, own_kinds

__all__ = ["house", "own_kinds"]
