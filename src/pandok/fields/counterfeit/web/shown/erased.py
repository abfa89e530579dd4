"""What stands in the place of a photograph that was erased: a drawing that says so and names the certificate."""

from __future__ import annotations

from xml.sax.saxutils import escape

from pandok.core.text import Text

_ERASED = Text(ko="삭제 완료", en="Erased")
_CERTIFICATE = Text(ko="증명서 {number}", en="Certificate {number}")


def erased_picture(number: str, language: str) -> bytes:
    """An SVG of 600 × 450; `number` is that of the deletion."""
    first = escape(_ERASED.in_language(language))
    second = escape(_CERTIFICATE.in_language(language).format(number=number))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 450" width="600" height="450" role="img" '
        f'aria-label="{first} ({second})"><rect width="600" height="450" fill="#f4f5f6"/>'
        '<rect x="8" y="8" width="584" height="434" fill="none" stroke="#6d7882" stroke-width="4" '
        'stroke-dasharray="14 10"/><g fill="#1e2124" text-anchor="middle" font-family="sans-serif">'
        f'<text x="300" y="215" font-size="56" font-weight="700">{first}</text>'
        f'<text x="300" y="280" font-size="34">{second}</text></g></svg>'
    ).encode()
