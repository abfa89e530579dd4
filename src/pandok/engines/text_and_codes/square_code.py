"""A square code (QR) as a picture."""

from __future__ import annotations

import io

import segno


def square_code_svg(text: str) -> bytes:
    """Black on white with the quiet margin that cameras need, also on a dark screen."""
    target = io.BytesIO()
    segno.make(text, error="m", micro=False).save(target, kind="svg", scale=6, border=4, dark="#000", light="#fff")
    return target.getvalue()
