"""A square code (QR) as a picture."""

from __future__ import annotations

import io

import segno


def square_code_svg(text: str, *, sized: bool = True) -> bytes:
    """Black on white with the quiet margin that cameras need, also on a dark screen. Not `sized`: as wide as its place
    on the page."""
    target = io.BytesIO()
    made = segno.make(text, error="m", micro=False)
    made.save(target, kind="svg", scale=6, border=4, dark="#000", light="#fff", omitsize=not sized)
    return target.getvalue()
