"""The retention periods of this site: data files, one a version."""

from __future__ import annotations

from datetime import date

from pandok.common.records.retention_policies import Policies
from pandok.core.retention import RetentionPolicy

_POLICIES = Policies("pandok.fields.counterfeit.acts.retention")


def policies() -> tuple[RetentionPolicy, ...]:
    """Every version that is shipped, oldest first. Raises pydantic.ValidationError for a broken file."""
    return _POLICIES.all()


def current_policy(day: date) -> RetentionPolicy:
    """The version in force on `day`; before the first one, the first."""
    return _POLICIES.current(day)


def policy_version(version: str) -> RetentionPolicy:
    """The version that a deletion was planned under. Raises KeyError."""
    return _POLICIES.version(version)
