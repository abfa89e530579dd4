"""The law that terms are counted by, and how each article was checked: for auditors and administrators, and for
officers who follow the link of a term."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.law.law_versions import current_law, law_versions
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.shown.law_page import shown_law
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render


@require_safe
@allows(Action.SEE_CASE_FILES)
def law(request: HttpRequest) -> HttpResponse:
    """The version of today first, then those that older cases keep."""
    today = timezone.now().astimezone(OFFICE_ZONE).date()
    now = current_law(today)
    others = [one for one in reversed(law_versions()) if one is not now]
    language = get_language() or "ko"
    shown = [shown_law(one, language, current=one is now, today=today) for one in (now, *others)]
    return render(request, "pandok/cases/law.html", {"versions": shown})
