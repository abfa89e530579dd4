"""What the bytes are, before anything parses them."""

from __future__ import annotations

from pandok.engines.onnx_gate.refusals import GateRefusal

MOST_BYTES = 512 * 1024 * 1024
_OTHER_KINDS: tuple[tuple[int, bytes], ...] = (
    (0, b"PK\x03\x04"),  # zip: torch.save, .keras, .npz, office files
    (0, b"PK\x05\x06"),
    (0, b"\x1f\x8b"),  # gzip
    (0, b"BZh"),
    (0, b"\xfd7zXZ\x00"),
    (0, b"7z\xbc\xaf\x27\x1c"),
    (0, b"Rar!"),
    (0, b"\x89HDF\r\n\x1a\n"),
    (0, b"\x7fELF"),
    (0, b"MZ"),
    (0, b"#!"),
    (0, b"%PDF"),
    (0, b"\x89PNG"),
    (0, b"\xff\xd8\xff"),
    (4, b"TFL3"),
    (257, b"ustar"),
    *((0, bytes([0x80, protocol])) for protocol in range(2, 6)),  # pickle
)


def check_file(data: bytes) -> GateRefusal | None:
    """Why the file cannot be an ONNX model; None where it may be one."""
    if not data:
        return GateRefusal("file.empty")
    if len(data) > MOST_BYTES:
        return GateRefusal("file.too_large")
    if any(data[place : place + len(magic)] == magic for place, magic in _OTHER_KINDS):
        return GateRefusal("file.disguised")
    return None
