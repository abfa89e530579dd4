"""The register, looked through by number, article, holder, class and status; one page for each design.

Customs sees all of it, a holder its own rights.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.rights import STATUS_WORDS, LegalStatus
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.acts.guides import designs_visible_to, holders_of
from pandok.fields.counterfeit.acts.picture_access import may_see_picture
from pandok.fields.counterfeit.lists.visible import cases_of_customs
from pandok.fields.counterfeit.models import IdentificationGuide
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.web.shown.design_page import ShownRow, design_page, design_row
from pandok.fields.designs.roles import Action as ReadingAction
from pandok.fields.register.lists.look_up import look_up
from pandok.fields.register.models import Design, View
from pandok.fields.register.word_marks import find_word_marks
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

A_PAGE = 30
MOST_CASES = 20
_CLASS = re.compile(r"\d{2}(-\d{2})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@require_safe
@allows(Action.SEE_REGISTER)
def list_designs(request: AccountRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip()[:200] for name in ("words", "class", "status")}
    status = LegalStatus(asked["status"]) if asked["status"] in set(LegalStatus) else None
    wanted = asked["class"] if _CLASS.fullmatch(asked["class"]) else ""
    language, today = get_language() or "ko", _today()
    of_customs = request.user.may(ReadingAction.SEE_OWN_READINGS)
    found = look_up(asked["words"], on=today, locarno_class=wanted, status=status)
    if not of_customs:
        found = found.filter(pk__in=designs_visible_to(request.user).values("pk"))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    designs = list(page.object_list)
    context = {
        "rows": [
            design_row(one, picture, language, today) for one, picture in zip(designs, _first(designs), strict=True)
        ],
        "page": page,
        "marks": _marks(asked["words"], language, today) if of_customs else [],
        "of_customs": of_customs,
        "asked": asked,
        "class_refused": bool(asked["class"]) and not wanted,
        "statuses": [(one.value, STATUS_WORDS[one].in_language(language)) for one in LegalStatus],
        "query": urlencode({name: value for name, value in asked.items() if value}),
    }
    return render(request, "pandok/designs/list.html", context)


@require_safe
@allows(Action.SEE_REGISTER)
def show_design(request: AccountRequest, design_id: str) -> HttpResponse:
    """`?with=<sha256>` puts a photograph that the person may see beside the views."""
    design = get_object_or_404(designs_visible_to(request.user).select_related("holder"), design_id=design_id)
    photograph = request.GET.get("with", "")
    seen = bool(_SHA256.fullmatch(photograph)) and may_see_picture(request.user, photograph)
    guides = IdentificationGuide.objects.filter(design=design, withdrawn_at=None)
    if not request.user.may(ReadingAction.SEE_OWN_READINGS):
        guides = guides.filter(party__in=holders_of(request.user))
    context = {
        "design": design_page(design, get_language() or "ko", _today()),
        "photograph": photograph if seen else "",
        "guides": guides,
        "cases": cases_of_customs(request.user).filter(design=design).order_by("-serial")[:MOST_CASES],
    }
    return render(request, "pandok/designs/design.html", context)


def _marks(words: str, language: str, today: date) -> list[tuple[ShownRow, str]]:
    """Word marks that are called or written like what was typed, with the reason."""
    found = find_word_marks([words]) if words else []
    pictures = _first([one.design for one in found])
    return [
        (design_row(one.design, picture, language, today), one.why.in_language(language))
        for one, picture in zip(found, pictures, strict=True)
    ]


def _first(designs: list[Design]) -> list[str]:
    """The first view of each design; empty where it has none."""
    views = View.objects.filter(design__in=designs, withdrawn_at=None).order_by("-order", "-view_key")
    first = dict(views.values_list("design_id", "sha256"))
    return [first.get(one.pk, "") for one in designs]


def _today() -> date:
    return timezone.now().astimezone(OFFICE_ZONE).date()
