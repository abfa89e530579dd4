"""Who did what, and who saw what: search of the audit trail, and taking it out as a file."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from pandok.common.audit.search import AuditQuery, entries_of, page_of, record_export
from pandok.common.papers.tables_out import MEDIA_TYPES
from pandok.common.roles import Action
from pandok.common.web.audit_files import csv_lines, parquet
from pandok.common.web.audit_form import AuditForm
from pandok.common.web.requests import AccountRequest
from pandok.common.web.shown.audit_entry import shown
from pandok.core.whole_number import whole_number
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

FORMATS = {name: MEDIA_TYPES[name] for name in ("csv", "parquet")}


@require_safe
@allows(Action.SEE_AUDIT)
def search(request: HttpRequest) -> HttpResponse:
    form = AuditForm(request.GET)
    valid = form.is_valid()
    query = form.query() if valid else AuditQuery()
    page = page_of(query, before=_number(request, "before"), after=_number(request, "after"))
    language = get_language() or "ko"
    context = {
        "form": form,
        "narrowed": query != AuditQuery(),
        "entries": [shown(entry, language) for entry in page.entries] if valid else [],
        "older": page.older if valid else None,
        "newer": page.newer if valid else None,
        "asked": urlencode({name: value for name, value in request.GET.items() if name in form.fields and value}),
    }
    return render(request, "pandok/audit/search.html", context, status=200 if valid else 422)


@require_POST
@allows(Action.SEE_AUDIT)
def export(request: AccountRequest) -> HttpResponse | StreamingHttpResponse:
    form = AuditForm(request.POST)
    file_format = request.POST.get("format", "")
    if not form.is_valid() or file_format not in FORMATS:
        context = {"form": form, "narrowed": False, "entries": [], "older": None, "newer": None, "asked": ""}
        return render(request, "pandok/audit/search.html", context, status=422)
    query, now = form.query(), timezone.now()
    entries = entries_of(query).order_by("sequence")
    data = parquet(entries) if file_format == "parquet" else None
    record_export(actor=request.user, query=query, file_format=file_format, now=now)
    answer: HttpResponse | StreamingHttpResponse
    if data is not None:
        answer = HttpResponse(data, content_type=FORMATS[file_format])
    else:
        answer = StreamingHttpResponse(csv_lines(entries), content_type=FORMATS[file_format])
    name = f"pandok-audit-{timezone.localtime(now):%Y%m%d-%H%M}.{file_format}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _number(request: HttpRequest, name: str) -> int | None:
    return whole_number(request.GET.get(name, ""))
