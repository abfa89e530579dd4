"""The OpenAPI description as rows that a page or a document shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Part:
    name: str
    where: str
    type: str
    required: bool
    about: str


@dataclass(frozen=True)
class Described:
    """One operation. `sends` is the content type of its body, "" where it has none."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    sends: str
    fields: list[Part] = field(default_factory=list)
    answers: str = ""


def described_operations(schema: dict[str, Any]) -> dict[str, list[Described]]:
    """Every operation by its tag, in the order of the description."""
    groups: dict[str, list[Described]] = {}
    for path, operations in schema["paths"].items():
        for method in _METHODS:
            if method in operations:
                one = operations[method]
                groups.setdefault(one["tags"][0], []).append(_described(schema, path, method, one))
    return groups


def _described(schema: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Described:
    fields = [
        Part(one["name"], one["in"], _type(one["schema"]), one["required"], one.get("description", ""))
        for one in operation["parameters"]
    ]
    content = operation.get("requestBody", {}).get("content", {})
    sends = next(iter(content), "")
    if sends:
        fields += _body_fields(schema, content[sends]["schema"])
    return Described(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        about=operation.get("description", ""),
        sends=sends,
        fields=fields,
        answers=_answers(operation),
    )


def _body_fields(schema: dict[str, Any], body: dict[str, Any]) -> list[Part]:
    body = _resolved(schema, body)
    required = body.get("required", [])
    return [
        Part(name, "body", _type(one), name in required, one.get("description", ""))
        for name, one in body.get("properties", {}).items()
    ]


def _resolved(schema: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in one:
        return one
    found: dict[str, Any] = schema["components"]["schemas"][one["$ref"].rsplit("/", 1)[1]]
    return found


def _answers(operation: dict[str, Any]) -> str:
    for status, answer in sorted(operation["responses"].items(), key=lambda pair: str(pair[0])):
        content = answer.get("content", {})
        if str(status).startswith("2") and content:
            media_type, shape = next(iter(content.items()))
            return (
                f"{status} {_type(shape['schema'])}" if media_type == "application/json" else f"{status} {media_type}"
            )
    return ""


def _type(one: dict[str, Any]) -> str:
    """
    >>> _type({"type": "array", "items": {"$ref": "#/components/schemas/CaseRow"}})
    'list of CaseRow'
    """
    if "$ref" in one:
        return str(one["$ref"].rsplit("/", 1)[1])
    if "anyOf" in one:
        return " or ".join(_type(choice) for choice in one["anyOf"])
    if "enum" in one:
        return ", ".join(str(value) for value in one["enum"])
    if one.get("type") == "array":
        return f"list of {_type(one.get('items', {}))}"
    return str(one.get("format") or one.get("const") or one.get("type") or "any")
