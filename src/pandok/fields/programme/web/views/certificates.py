"""Certificates of trials: drafted, issued by another, withdrawn by two; on paper and as signed facts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.canonical import canonical
from pandok.core.errors import PandokError, RequestError
from pandok.core.text import Text
from pandok.fields.programme.acts.certificates import issuing
from pandok.fields.programme.acts.certificates.certificate_pdf import certificate_pdf
from pandok.fields.programme.acts.certificates.checking import faults_of, key_of, keys_of
from pandok.fields.programme.certificate_states import CertificateState
from pandok.fields.programme.lists.certificates import certificate_for
from pandok.fields.programme.lists.evidence import measurement_for
from pandok.fields.programme.models import TrialCertificate
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.certificate_steps import ACTS, OF_MANAGERS
from pandok.fields.programme.web.evidence_forms import CertifyForm
from pandok.fields.programme.web.shown.certificate_facts import certificate_shown
from pandok.fields.programme.web.views.evidence import measurement_page
from pandok.settings import settings
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render


@require_POST
@allows(Action.DRAFT_CERTIFICATES)
def draft(request: AccountRequest, measurement_id: UUID) -> HttpResponse:
    try:
        found = measurement_for(request.user, measurement_id)
    except RequestError as error:
        raise Http404 from error
    form = meant(CertifyForm(request.POST))
    try:
        made = issuing.draft_certificate(
            measurement_id, form.cleaned_data["kind"], actor=request.user, now=timezone.now()
        )
    except PandokError as error:
        return measurement_page(request, found, error=error)
    return redirect("programme_certificate", certificate_id=made.pk)


@require_safe
@allows(Action.SEE_AGREEMENTS)
def certificate(request: AccountRequest, certificate_id: UUID) -> HttpResponse:
    return _page(request, _shown(request, certificate_id))


@require_POST
@allows(Action.DRAFT_CERTIFICATES)
def step(request: AccountRequest, certificate_id: UUID) -> HttpResponse:
    """The button says what; a step that is not offered to this person is answered as if there were none."""
    found, name = _shown(request, certificate_id), request.POST.get("act", "")
    act = ACTS.get(name)
    if act is None:
        return redirect("programme_certificate", certificate_id=certificate_id)
    if name in OF_MANAGERS and not request.user.may(Action.ISSUE_CERTIFICATES):
        raise Http404
    form = meant(ReasonForm(request.POST, auto_id=f"{name}_%s"))
    try:
        act(found.pk, reason=form.why(), actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, _shown(request, certificate_id), sent=(name, form), error=error)
    return redirect("programme_certificate", certificate_id=certificate_id)


@require_safe
@allows(Action.SEE_AGREEMENTS)
def paper(request: AccountRequest, certificate_id: UUID) -> HttpResponse:
    return paper_of(_issued(request, certificate_id), get_language() or "ko")


@require_safe
@allows(Action.SEE_AGREEMENTS)
def facts(request: AccountRequest, certificate_id: UUID) -> HttpResponse:
    return facts_of(_issued(request, certificate_id))


def paper_of(found: TrialCertificate, language: str) -> HttpResponse:
    """Of what was changed after its issue nothing leaves the house; its page says so."""
    _must_be_as_issued(found)
    side = "en" if language.startswith("en") else "ko"
    data = certificate_pdf(found.content, found.sha256, side)
    return download(data, filename=f"{found.number}-{side}.pdf", media_type="application/pdf")


def facts_of(found: TrialCertificate) -> HttpResponse:
    """The signed envelope, with the public key that it is checked with."""
    _must_be_as_issued(found)
    public = key_of(found, keys_of(found, settings().home))
    told = {"sha256": found.sha256, "content": found.content, "envelope": found.envelope, "public_key": public}
    return download(canonical(told), filename=f"{found.number}.json", media_type="application/json")


def _must_be_as_issued(found: TrialCertificate) -> None:
    if faults_of(found, keys_of(found, settings().home)):
        raise Http404


_STEPS: dict[CertificateState, tuple[tuple[str, Text], ...]] = {
    CertificateState.DRAFTED: (
        ("issue", Text(ko="발급", en="Issue it")),
        ("drop", Text(ko="초안 폐기", en="Drop the draft")),
    ),
    CertificateState.ISSUED: (("withdraw", Text(ko="발급 취소 제안", en="Propose to withdraw it")),),
    CertificateState.WITHDRAWING: (
        ("confirm", Text(ko="발급 취소 확인", en="Confirm that it is withdrawn")),
        ("turn_down", Text(ko="취소하지 않음", en="Let it hold")),
    ),
}


def _steps(
    request: AccountRequest, found: TrialCertificate, sent: tuple[str, Any]
) -> list[tuple[str, Text, Any, bool]]:
    if not request.user.may(Action.DRAFT_CERTIFICATES):
        return []
    return [
        (name, words, sent[1] if sent[0] == name else ReasonForm(auto_id=f"{name}_%s"), sent[0] == name)
        for name, words in _STEPS.get(CertificateState(found.state), ())
        if name not in OF_MANAGERS or request.user.may(Action.ISSUE_CERTIFICATES)
    ]


def _shown(request: AccountRequest, certificate_id: UUID) -> TrialCertificate:
    try:
        return certificate_for(request.user, certificate_id)
    except RequestError as error:
        raise Http404 from error


def _issued(request: AccountRequest, certificate_id: UUID) -> TrialCertificate:
    found = _shown(request, certificate_id)
    if not found.issued_at:
        raise Http404
    return found


def _page(
    request: AccountRequest,
    found: TrialCertificate,
    *,
    sent: tuple[str, Any] = ("", None),
    error: PandokError | None = None,
) -> HttpResponse:
    events = found.events.select_related("actor").order_by("-sequence")
    context = certificate_shown(found) | {
        "steps": _steps(request, found, sent),
        "events": [(one, CertificateState(one.to_state).words) for one in events],
        "error": error,
    }
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/certificate.html", context, status=status)
