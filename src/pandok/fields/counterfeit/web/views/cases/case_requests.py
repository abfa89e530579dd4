"""What every form of a case page carries, and the cases that a person may open here."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from pandok.common.reasons import MOST_REASON
from pandok.common.web.requests import AccountRequest
from pandok.fields.counterfeit.lists.visible import cases_of_customs
from pandok.fields.counterfeit.models import Case


def customs_case(request: AccountRequest, case_id: UUID) -> Case:
    """A case that is not this person's answers like one that does not exist."""
    cases = cases_of_customs(request.user).select_related(
        "signal",
        "reading__signal",
        "reading__actor",
        "site",
        "officer",
        "design__holder",
        "holder",
        "importer",
        "appraiser",
    )
    return get_object_or_404(cases, id=case_id)


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field of the form that was sent, to send it once more."""
    return [
        (name, value[:MOST_REASON])
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "confirmed")
        for value in map(str, values)
    ]


def language_of_page() -> str:
    return get_language() or "ko"
