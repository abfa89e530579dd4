"""The filtered list as a file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import cast

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.common.papers.tables_out import MEDIA_TYPES
from pandok.common.web.requests import AccountRequest
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.lists import exporting
from pandok.fields.counterfeit.lists.cases import work_list
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.views.cases.case_requests import language_of_page
from pandok.fields.counterfeit.web.views.cases.filter_form import FilterForm, tab_of
from pandok.web.middleware.deny_by_default import allows


@require_safe
@allows(Action.SEE_CASE_FILES)
def export_cases(request: AccountRequest, form: str) -> HttpResponse | StreamingHttpResponse | FileResponse:
    if form not in MEDIA_TYPES:
        raise Http404
    now, language = timezone.now(), language_of_page()
    filters, tab = FilterForm(request.GET), tab_of(request.GET)
    filters.is_valid()
    chosen = filters.chosen()
    cases = work_list(account=request.user, tab=tab, chosen=chosen, now=now)
    name = f"pandok-cases-{now.astimezone(OFFICE_ZONE):%Y%m%d-%H%M}.{form}"
    exporting.record_export(account=request.user, form=cast(exporting.Format, form), tab=tab, chosen=chosen, now=now)
    media_type = MEDIA_TYPES[form]
    response: StreamingHttpResponse | FileResponse
    if form == "csv":
        response = StreamingHttpResponse(exporting.csv_lines(cases, language), content_type=media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    else:
        with tempfile.TemporaryDirectory(prefix="pandok-export-") as folder:
            path = Path(folder) / name
            write = exporting.write_xlsx if form == "xlsx" else exporting.write_parquet
            write(cases, language, path)
            # The open file outlives its name.
            response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=media_type)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
