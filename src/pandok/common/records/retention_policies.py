"""Retention periods of a field: data files of its package, one a version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pandok.core.retention import RetentionPolicy


@dataclass(frozen=True)
class Policies:
    """`package`: where the files lie."""

    package: str

    def all(self) -> tuple[RetentionPolicy, ...]:
        """Every version that is shipped, oldest first. Raises pydantic.ValidationError for a broken file."""
        return _read(self.package)

    def current(self, day: date) -> RetentionPolicy:
        """The version in force on `day`; before the first one, the first."""
        past = [policy for policy in self.all() if policy.valid_from <= day]
        return past[-1] if past else self.all()[0]

    def version(self, version: str) -> RetentionPolicy:
        """The version that a deletion was planned under. Raises KeyError."""
        for policy in self.all():
            if policy.version == version:
                return policy
        raise KeyError(version)


@cache
def _read(package: str) -> tuple[RetentionPolicy, ...]:
    found = [
        RetentionPolicy.model_validate_json(path.read_text(encoding="utf-8"))
        for path in files(package).iterdir()
        if path.name.endswith(".json")
    ]
    return tuple(sorted(found, key=lambda policy: policy.valid_from))
