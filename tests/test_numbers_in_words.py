"""A number and its noun agree in English: "1 case", "2 cases", on pages, in commands, notices and mails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pandok

SOURCE = Path(pandok.__file__).parent

_WORDS = r"((?:[a-z-]+ ){0,2}?[a-z]+(?:s|ren|ople)\b)"
_VALUE = re.compile(r"(\{\{ *[\w.|:]+ *\}\}|\{[^{}\n]+\}|%\(\w+\)[sd]) " + _WORDS)
_NO_NOUN = re.compile(
    r"\b(is|has|does|was|as|this|its|lacks|needs|takes|names|differs|stands|belongs|goes|holds|comes|leaves|opens|says|at)\b"
)
_CONSTANT = re.compile(r"\{\(?(len\()?(self\.)?_?[A-Z][A-Z_]+\b.*\}")
_FRACTION = re.compile(r"points$|:g\}|:\.\d")
"""Points of a percentage and measures are no counts: "0.5 points"."""
_BLOCK = re.compile(r"\{% blocktranslate([^%]*)%\}(.*?)\{% endblocktranslate %\}", re.S)

NEVER_ONE = {
    # Bits of a pixel, and words that only look like a count.
    "readers/xray/formats/png.py": {"{head.depth} bits"},
    "readers/xray/formats/dicom_pixels.py": {"{allocated} bits", "{shape.bits} bits"},
    "readers/xray/formats/refusals.py": {"{form} without loss", "{most} levels"},
    "readers/xray/physics/basis.py": {"{np.shape(self.energies_kev)} energies"},
    "readers/xray/physics/compositions.py": {"{formula!r} closes", "{formula!r} joins"},
    "readers/xray/quality/report.py": {
        "{counted(len(rows), 'detector channel differs', 'detector channels differ')} from the neighbours"
    },
    "fields/xray/acts/files/importing.py": {"{row} of the declarations"},
    "fields/xray/cli/index.py": {"{counted(done.indexed, 'view')} of past scans"},
    "fields/lab/web/vault_forms.py": {"%(days)d days"},  # LONGEST_DAYS
    "fields/lab/web/shown/vault_page.py": {"%(count)d times"},  # the second form of ngettext
    "fields/counterfeit/web/shown/statistics_page.py": {"{few} cases"},
    "fields/street/web/warning_forms.py": {"{one} characters"},  # 90 or 157
    "fields/xray/acts/structure/comparing.py": {"{key.container_type} containers"},
    "fields/xray/web/shown/structure.py": {"{figure.empties} scans", "{figure.empties} empty containers"},  # 20 or more
    "proof/verdict.py": {"{self.planned} planned cases"},  # at least ten
    "fields/designs/web/shown/reading_page.py": {"{count} candidates"},  # said of two and more
    "engines/encoders/timm_export.py": {"{side} pixels"},
    "engines/feeding/sheet_check.py": {"{width} numbers"},  # "1 or {width}"
    "readers/designs/refusals.py": {"{height} pixels"},  # after "width x"
    "core/declaration.py": {"{most} digits"},
    "common/people/forgotten.py": {"{minutes} minutes"},
    "fields/counterfeit/web/templates/pandok/capture.html": {"{{ most_photographs }} sides"},
    "fields/counterfeit/web/templates/pandok/statistics/show.html": {"{{ few }} cases"},
    "common/web/templates/pandok/accounts/forgotten.html": {"{{ minutes }} minutes"},
    "common/web/templates/pandok/accounts/invitation_link.html": {"{{ hours }} hours"},
}
"""Limits that are constants of the product, and values that are never one where the sentence is said."""


def _said(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        yield from (body for _, body in _BLOCK.findall(text) if "{% plural %}" not in body)
        yield from (f"{{{{ x }}}} {word}" for word in re.findall(r'\}\} *\{% translate "([a-z][^"]*)"', text))
    else:
        joined = re.sub(r'"\n\s*f?"', "", text)  # a sentence that goes on in the next line
        yield from (line for line in joined.splitlines() if not line.lstrip().startswith("#"))


def disagreeing(text: str) -> Iterator[str]:
    """Every value that is followed by words for many, whatever the value is.

    >>> list(disagreeing("{count} cases were chosen, {counted(n, 'case')}, at most {MOST_CASES} cases"))
    ['{count} cases']
    """
    for value, words in _VALUE.findall(text):
        whole = f"{value} {words}"
        if not (_NO_NOUN.search(words) or _CONSTANT.match(value) or _FRACTION.search(whole)):
            yield whole


def found() -> dict[str, set[str]]:
    files = [*SOURCE.rglob("*.py"), *SOURCE.rglob("web/templates/**/*.html")]
    each = {str(path.relative_to(SOURCE)): {one for text in _said(path) for one in disagreeing(text)} for path in files}
    return {name: ones for name, ones in each.items() if ones}


def test_no_count_stands_before_words_for_many() -> None:
    wrong = {name: ones - NEVER_ONE.get(name, set()) for name, ones in found().items()}
    assert {name: ones for name, ones in wrong.items() if ones} == {}, "use core.text.counted or {% plural %}"


def test_no_exception_is_left_over() -> None:
    now = found()
    assert {name: ones - now.get(name, set()) for name, ones in NEVER_ONE.items() if ones - now.get(name, set())} == {}


@pytest.mark.parametrize(
    "text", ["{count} cases", "{len(rows)} entries held back", "{{ n }} feedback runs", "%(count)d times", "{n} people"]
)
def test_what_is_looked_for_is_seen(text: str) -> None:
    assert list(disagreeing(text))
