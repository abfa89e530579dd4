"""What a service of KIPRISPlus or data.go.kr says of the request itself.

A refused key, a term that is over or calls that are used up come with HTTP 200 and lie in the file like data:
`<header><successYN>N</successYN><resultCode>…</resultCode><resultMsg>…` from the service, and from the gateway
`<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>…<returnAuthMsg>…<returnReasonCode>…`, some of them as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pandok.fields.register.import_findings import finding
from pandok.fields.register.importers.xml_stream import Node
from pandok.fields.register.records import SourceFinding

GATEWAY = "OpenAPI_ServiceResponse"
_GROUPS = frozenset({"header", "cmmMsgHeader", "msgHeader", "comMsgHeader"})
_CODES = ("returnReasonCode", "resultCode", "returnCode", "errorCode", "errCode")
_MESSAGES = ("returnAuthMsg", "resultMsg", "resultMessage", "returnMsg", "errMsg", "errorMessage", "errorMsg")
_SUCCESS = "successYN"
HEADS = _GROUPS | {*_CODES, *_MESSAGES, _SUCCESS}
_DONE = frozenset({"", "OK", "SUCCESS", "NORMAL", "NORMAL CODE", "NORMAL SERVICE", "INFO-000", "200", "정상", "성공"})
_LARGEST_JSON_BYTES = 1_000_000


def heard(heads: Sequence[Node], file: Path) -> Iterator[SourceFinding]:
    """One finding for each answer that says that the request was not served. `heads`: elements named in HEADS."""
    single = {node.name: node.text.strip() for node in heads if node.name not in _GROUPS}
    groups = [(node.line, _values(node)) for node in heads if node.name in _GROUPS]
    if single:
        groups.append((next(node.line for node in heads if node.name in single), single))
    for line, values in groups:
        if said := _refusal(values):
            yield finding("service.refused", file.name, line, service_code=said[0], message=said[1])


def heard_in_json(file: Path) -> SourceFinding | None:
    """The same for an answer in JSON; None where the file is none, or says nothing of the kind."""
    if file.stat().st_size > _LARGEST_JSON_BYTES:
        return None
    try:
        content = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        return None
    values: dict[str, str] = {}
    _gather(content, values, 0)
    said = _refusal(values)
    return finding("service.refused", file.name, 1, service_code=said[0], message=said[1]) if said else None


def _values(node: Node) -> dict[str, str]:
    return {name: node.value(name) for name in (*_CODES, *_MESSAGES, _SUCCESS)}


def _gather(content: Any, values: dict[str, str], depth: int) -> None:
    if isinstance(content, dict) and depth < 5:
        for key, value in content.items():
            if key in HEADS and isinstance(value, str | int):
                values.setdefault(key, str(value).strip())
            _gather(value, values, depth + 1)


def _refusal(values: Mapping[str, str]) -> tuple[str, str] | None:
    """Code and message where the request was not served."""
    code = next((values[name] for name in _CODES if values.get(name)), "")
    message = next((values[name] for name in _MESSAGES if values.get(name)), "")
    refused = values.get(_SUCCESS, "").upper() in ("N", "NO", "FALSE")
    refused = refused or not _is_done(code or message)
    return (code or "?", message or "?") if refused else None


def _is_done(word: str) -> bool:
    plain = word.replace("_", " ").rstrip(" .").upper()
    return plain in _DONE or not plain.strip("0")
