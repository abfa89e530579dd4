"""Names in a model: text that can be shown and stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import onnx
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from pandok.core.lab.submission import is_plain_name
from pandok.engines.onnx_gate.refusals import GateRefusal


def all_text_is_readable(message: Message) -> bool:
    """Whether every text field of the message and its parts is valid UTF-8; the parser hands over others as bytes."""
    for field, value in message.ListFields():
        values: Iterable[Any] = [value] if isinstance(value, (str, bytes, Message)) else value
        if field.type == FieldDescriptor.TYPE_STRING and not all(isinstance(one, str) for one in values):
            return False
        if field.type == FieldDescriptor.TYPE_MESSAGE and not all(all_text_is_readable(one) for one in values):
            return False
    return True


def check_names(graph: onnx.GraphProto) -> Iterator[GateRefusal]:
    """The first name that cannot be kept: too long, with control characters, or like a path that climbs; and operators
    of one name, which the runtime does not open."""
    names = [tensor.name for tensor in graph.initializer]
    names += [value.name for value in (*graph.input, *graph.output)]
    for node in graph.node:
        names += [node.name, *node.input, *node.output]
    for name in names:
        if not is_plain_name(name):
            yield GateRefusal("graph.name", name.encode("unicode_escape").decode()[:80])
            return
    twins = [name for name, count in Counter(node.name for node in graph.node if node.name).items() if count > 1]
    if twins:
        yield GateRefusal("graph.twins", twins[0][:80])
