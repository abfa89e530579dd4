"""Certificates: the page and the paper. Of oneself, or of a member of one's own group."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pandok.common.models import Account
from pandok.common.web.requests import AccountRequest
from pandok.fields.academy.lists.answered import office_day
from pandok.fields.academy.lists.visible import person_of
from pandok.fields.academy.models import Certificate
from pandok.fields.academy.refusals import refusal
from pandok.fields.academy.roles import Action
from pandok.fields.academy.web.shown.certificate_paper import facts_of, paper_of
from pandok.fields.academy.web.views.parts import found_or_404
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render


@require_safe
@allows(Action.TRAIN)
def certificate(request: AccountRequest, certificate_id: UUID) -> HttpResponse:
    found = found_or_404(_certificate_of, request.user, certificate_id)
    context = {
        "certificate": found,
        "facts": facts_of(found, get_language() or "ko"),
        "expired": found.expires_on < office_day(timezone.now()),
    }
    return render(request, "pandok/academy/certificate.html", context)


@require_safe
@allows(Action.TRAIN)
def certificate_pdf(request: AccountRequest, certificate_id: UUID) -> HttpResponse:
    found = found_or_404(_certificate_of, request.user, certificate_id)
    data = paper_of(found, get_language() or "ko")
    return download(data, filename=f"{found.number}.pdf", media_type="application/pdf")


def _certificate_of(account: Account, certificate_id: UUID) -> Certificate:
    found: Certificate | None = (
        Certificate.objects.filter(pk=certificate_id).select_related("sitting__course", "trainee").first()
    )
    if found is None:
        raise refusal("not_there")
    person_of(account, found.trainee_id)
    return found
