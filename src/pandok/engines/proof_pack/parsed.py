"""The values of a pack, parsed from bytes that nobody has vouched for yet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pandok.core.canonical import canonical
from pandok.core.lab.proof_pack import Ledger, Statement
from pandok.core.lab.registration import Registration
from pandok.engines.proof_pack import pack_bytes as pack

Value = TypeVar("Value", bound=BaseModel)


@dataclass(frozen=True)
class Parsed:
    statement: Statement
    registration: Registration
    ledger: Ledger
    comparison: dict[str, Any]
    report: dict[str, Any]
    envelope: dict[str, Any]


def parsed(files: Mapping[str, bytes]) -> Parsed:
    """Raises PackRefused for anything that is not the values of a proof."""
    return Parsed(
        statement=_value(files, pack.STATEMENT, Statement),
        registration=_value(files, pack.REGISTRATION, Registration),
        ledger=_value(files, pack.LEDGER, Ledger),
        comparison=_object(files, pack.COMPARISON),
        report=_object(files, pack.REPORT_JSON),
        envelope=_object(files, pack.ENVELOPE),
    )


def in_one_form(files: Mapping[str, bytes], values: Parsed) -> bool:
    """Whether the signed values stand in their canonical bytes, so that nothing hides between them."""
    expected = {
        pack.STATEMENT: values.statement,
        pack.REGISTRATION: values.registration,
        pack.LEDGER: values.ledger,
        pack.ENVELOPE: values.envelope,
    }
    return all(canonical(value) == files[name] for name, value in expected.items())


def _value(files: Mapping[str, bytes], name: str, kind: type[Value]) -> Value:
    try:
        return kind.model_validate_json(files[name])
    except (ValidationError, ValueError, RecursionError) as error:
        raise pack.refused("value", name) from error


def _object(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    try:
        found = json.loads(files[name])
        canonical(found)  # refuses infinities and broken letters
    except (ValueError, RecursionError) as error:
        raise pack.refused("value", name) from error
    if not isinstance(found, dict):
        raise pack.refused("value", name)
    return found
