"""The terms of this site with their meaning: for everybody, since notices and the public register use them too."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pandok.common.declared import glossary
from pandok.web.page_language import say


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    terms = sorted(glossary().values(), key=lambda term: say(term.words).lower())
    return render(request, "pandok/glossary.html", {"terms": terms})
