"""The page of one notice, as it is first shown and as it comes back when something was refused."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.acts.guides import designs_visible_to
from pandok.fields.counterfeit.acts.notices.translations import offered_to
from pandok.fields.counterfeit.models import Case, Notice
from pandok.fields.counterfeit.web.party_forms import (
    AnswerForm,
    AppraisalForm,
    ElectronicForm,
    NoRequestForm,
    PaperForm,
    PressedOnce,
    StatementForm,
    SuspensionForm,
)
from pandok.fields.counterfeit.web.reading_language import ASKED, Reading, reading
from pandok.fields.counterfeit.web.shown.notice_page import TURN_OF, notice_page
from pandok.web.page_language import language
from pandok.web.shown.rendering import render


def notice_answer(
    request: AccountRequest,
    notice: Notice,
    *,
    sent: tuple[str, PressedOnce] | None = None,
    error: PandokError | None = None,
) -> HttpResponse:
    """`sent` is the form that was refused, under its name: it is shown with what was entered."""
    with reading(request, offered=offered_to(notice.party)) as said:
        return _in_language(request, notice, sent, error, said)


def _in_language(
    request: AccountRequest,
    notice: Notice,
    sent: tuple[str, PressedOnce] | None,
    error: PandokError | None,
    said: Reading | None,
) -> HttpResponse:
    page = notice_page(notice, request.user, timezone.now())
    forms: dict[str, Any] = {
        "answer": AnswerForm(auto_id="answer-%s"),
        "suspension": SuspensionForm(auto_id="suspension-%s"),
        "no_request": NoRequestForm(auto_id="no_request-%s"),
        "statement": StatementForm(auto_id="statement-%s"),
        "paper": PaperForm(turn=TURN_OF[notice.party.kind], auto_id="paper-%s"),
        "appraisal": AppraisalForm(auto_id="appraisal-%s"),
        "electronic": ElectronicForm(auto_id="electronic-%s"),
    }
    if sent is not None:
        forms[sent[0]] = sent[1]
    context = {"page": page, "forms": forms, "error": error, "refused": sent[0] if sent else ""}
    context["reading"] = said
    context["pdf_translated"] = f"{reverse('notice_pdf', args=[notice.id])}?{ASKED}={language()}"
    context["own_right"] = _own_right(request, page.case)
    status = 422 if sent is not None or error is not None else 200
    return render(request, "pandok/parties/notice.html", context, status=status)


def _own_right(request: AccountRequest, case: Case) -> str:
    """The number of the design where it is this holder's; "" for everybody else."""
    own = designs_visible_to(request.user).filter(pk=case.design_id).first() if case.design_id is not None else None
    return own.design_id if own else ""
