"""Ways out of the sandbox, each tried at start-up and in the tests. All are harmless where they succeed."""

from __future__ import annotations

from pandok.engines.sandbox.inside.attempts import files, kernel, network, processes, resources
from pandok.engines.sandbox.inside.attempts.attempt import Attempt

ATTEMPTS: dict[str, Attempt] = {
    one.name: one for part in (network, files, processes, kernel, resources) for one in part.TRIES
}
