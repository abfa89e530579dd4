"""What help did: the same figures with it and without it, each with its interval and of how many, within a period."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pandok.common.papers.tables_out import MEDIA_TYPES, csv_lines, write_parquet, write_xlsx
from pandok.common.web.requests import AccountRequest
from pandok.core.text import Text
from pandok.fields.xray.lists.help_figures import by_similar, programs_of, read_once, with_and_without
from pandok.fields.xray.lists.visible import inspections_visible_to
from pandok.fields.xray.roles import Action
from pandok.fields.xray.web.forms import FiguresForm
from pandok.fields.xray.web.shown.help_origin import origin_of_program
from pandok.fields.xray.web.shown.help_table import HelpRow, help_table
from pandok.settings import settings
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

_SCANS = {
    False: Text(ko="장비 영상", en="Scans of machines"),
    True: Text(ko="계산 영상", en="Computed scans"),
}
_HEADER = (
    Text(ko="영상", en="Scans"),
    Text(ko="비교", en="Compared"),
    Text(ko="수치", en="Figure"),
    Text(ko="있음", en="With"),
    Text(ko="없음", en="Without"),
)
_HELP = Text(ko="판독 보조", en="Reading help")
_SIMILAR = Text(ko="비슷한 지난 영상(추첨하지 않음)", en="Similar past images (not drawn)")


@dataclass(frozen=True)
class Tables:
    """Of scans of machines, or of computed ones. `uncounted`: no program had read them."""

    help: list[HelpRow]
    similar: list[HelpRow]
    any: int
    uncounted: int


@require_safe
@allows(Action.SEE_SCAN_FIGURES)
def figures(request: AccountRequest) -> HttpResponse:
    form = FiguresForm(request.GET)
    if not form.is_valid():
        return render(request, "pandok/xray/figures.html", {"form": form}, status=422)
    seen = inspections_visible_to(request.user)
    context = {
        "form": form,
        "asked": request.GET.urlencode(),
        "real": _tables(request, form, computed=False),
        "generated": _tables(request, form, computed=True),
        "programs": [(title, origin_of_program(title)) for title in programs_of(seen)],
        "share_alone": settings().xray_without_help,
        "share_drawn": settings().xray_opened_by_draw,
        "forms": tuple(MEDIA_TYPES),
    }
    return render(request, "pandok/xray/figures.html", context)


@require_safe
@allows(Action.SEE_SCAN_FIGURES)
def take_out(request: AccountRequest, form: str) -> HttpResponse:
    """The same figures as a table."""
    asked = FiguresForm(request.GET)
    if form not in MEDIA_TYPES:
        raise Http404
    if not asked.is_valid():
        return render(request, "pandok/xray/figures.html", {"form": asked}, status=422)
    language = get_language() or "ko"
    header = [one.in_language(language) for one in _HEADER]
    rows = []
    for computed, words in _SCANS.items():
        tables = _tables(request, asked, computed=computed)
        for compared, some in ((_HELP, tables.help), (_SIMILAR, tables.similar)):
            told = (words.in_language(language), compared.in_language(language))
            rows += [(*told, one.words.in_language(language), one.with_help, one.without) for one in some]
    return download(_file(form, header, rows), filename=f"pandok-xray-figures.{form}", media_type=MEDIA_TYPES[form])


def _tables(request: AccountRequest, form: FiguresForm, *, computed: bool) -> Tables:
    drawn = settings().xray_opened_by_draw
    rows = read_once(inspections_visible_to(request.user).filter(from_generator=computed), *form.instants())
    helped, alone = with_and_without(rows)
    shown, none = by_similar(rows)
    return Tables(
        help_table(helped, alone, drawn),
        help_table(shown, none, drawn),
        helped.readings + alone.readings,
        sum(one.with_help is None for one in rows),
    )


def _file(form: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    if form == "csv":
        return b"".join(csv_lines(header, rows))
    if form == "parquet":
        held = io.BytesIO()
        write_parquet(held, header, rows)
        return held.getvalue()
    with tempfile.TemporaryDirectory(prefix="pandok-export-") as folder:
        path = Path(folder) / "figures.xlsx"
        write_xlsx(path, "figures", header, rows)
        return path.read_bytes()
