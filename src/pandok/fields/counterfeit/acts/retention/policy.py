"""The retention periods of this site: data files, one a version."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files

from pandok.core.retention import RetentionPolicy


@cache
def policies() -> tuple[RetentionPolicy, ...]:
    """Every version that is shipped, oldest first. Raises pydantic.ValidationError for a broken file."""
    folder = files("pandok.fields.counterfeit.acts.retention")
    found = [
        RetentionPolicy.model_validate_json(path.read_text(encoding="utf-8"))
        for path in folder.iterdir()
        if path.name.endswith(".json")
    ]
    return tuple(sorted(found, key=lambda policy: policy.valid_from))


def current_policy(day: date) -> RetentionPolicy:
    """The version in force on `day`; before the first one, the first."""
    past = [policy for policy in policies() if policy.valid_from <= day]
    return past[-1] if past else policies()[0]


def policy_version(version: str) -> RetentionPolicy:
    """The version that a deletion was planned under. Raises KeyError."""
    for policy in policies():
        if policy.version == version:
            return policy
    raise KeyError(version)
