"""What a file is, by its content; what cannot be looked into does not leave."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.common.papers.content import LONGEST_NAME
from pandok.fields.lab.acts.exports.json_in_child import is_json
from pandok.fields.lab.acts.exports.refusals import refused
from pandok.fields.lab.acts.vault.masking.table_form import read_text
from pandok.fields.lab.acts.vault.object_names import checked_name
from pandok.fields.lab.acts.vault.uploads import NamedBytes, incoming
from pandok.readers.designs.file_kind import picture_format

MOST_FILE_BYTES = 100_000_000
MOST_FILES = 50
MOST_REQUEST_BYTES = 200_000_000
MOST_INSIDE = 500
_PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png"}
_TEXTS = {"csv": "text/csv", "tsv": "text/csv", "json": "application/json", "txt": "text/plain", "md": "text/plain"}
_ENDINGS = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "application/pdf": ("pdf",),
    "application/zip": ("zip",),
    "model/onnx": ("onnx",),
}


@dataclass(frozen=True)
class Looked:
    """A file with its type; `inside` are the members of a zip, else the file itself."""

    name: str
    media_type: str
    inside: tuple[NamedBytes, ...]

    @property
    def has_model(self) -> bool:
        return any(one.media_type == "model/onnx" for one in self.inside)


def looked_into(filename: str, data: bytes) -> Looked:
    """Raises RequestError for a type that is not accepted, a wrong name, or a zip that is not to be trusted."""
    if not data:
        raise refused("empty")
    if len(data) > MOST_FILE_BYTES:
        raise refused("many")
    name = checked_name(filename.replace("\\", "/").rpartition("/")[2])
    if len(name) > LONGEST_NAME:
        name = name[-LONGEST_NAME:].lstrip(". ")
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        _must_end(name, "application/zip")
        members = incoming(name, data, most_bytes=MOST_FILE_BYTES)
        if len(members) > MOST_INSIDE:
            raise refused("many")
        return Looked(name, "application/zip", tuple(_typed(one.name, one.data) for one in members))
    one = _typed(name, data)
    return Looked(name, one.media_type, (one,))


def _typed(name: str, data: bytes) -> NamedBytes:
    """One file with its type. A zip inside a zip is not accepted."""
    return NamedBytes(name, data, _media_type(name, data))


def _media_type(name: str, data: bytes) -> str:
    kind = picture_format(data)
    if kind in _PICTURES:
        return _must_end(name, _PICTURES[kind])
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-4096:]:
        return _must_end(name, "application/pdf")
    ending = name.rpartition(".")[2].lower()
    # A protobuf model begins with its version; anything else with that ending is told apart by nobody here.
    if ending == "onnx" and data[:1] == b"\x08":
        return "model/onnx"
    if ending in _TEXTS and read_text(data) is not None:
        if ending == "json" and not is_json(data):
            raise refused("type")
        return _TEXTS[ending]
    raise refused("type")


def _must_end(name: str, media_type: str) -> str:
    if name.rpartition(".")[2].lower() not in _ENDINGS[media_type]:
        raise refused("type")
    return media_type
