"""What comes in as text: JSON only where JSON is said, and no character that a database cannot keep."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser
from ninja.types import DictStrAny

from pandok.core.hidden_letters import without_hidden
from pandok.web.api.refusals import refusal

JSON = "application/json"


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> DictStrAny:
        if request.content_type != JSON:
            raise ValueError("not JSON")
        data: DictStrAny = json.loads(request.body)
        if any(not is_storable(text) for text in _texts(data)):
            raise ValueError("a character that cannot be kept")
        shown: DictStrAny = _shown(data)
        return shown

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> DictStrAny:
        for name, values in data.lists():
            if any(isinstance(text, str) and not is_storable(text) for text in (name, *values)):
                raise refusal(422, errors=[{"place": [name[:60]], "why": "a character that cannot be kept"}])
        shown = MultiValueDict({name: [_shown(one) for one in values] for name, values in data.lists()})
        return super().parse_querydict(shown, list_fields, request)


def is_storable(text: str) -> bool:
    """No NUL, and no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _shown(value: Any) -> Any:
    """The same value, its texts without letters that show nothing."""
    if isinstance(value, str):
        return without_hidden(value)
    if isinstance(value, dict):
        return {name: _shown(inner) for name, inner in value.items()}
    return [_shown(inner) for inner in value] if isinstance(value, list) else value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
