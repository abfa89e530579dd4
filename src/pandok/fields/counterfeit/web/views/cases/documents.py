"""Papers of a case on the officer's side, and the download for everybody who may see one."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common import house
from pandok.common.audit.viewing import DOCUMENT, record_viewing
from pandok.common.decoding import MOST_BYTES
from pandok.common.papers.content import too_large
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.acts.answering.confirm_suit import confirm_suit
from pandok.fields.counterfeit.acts.cases.documents import file_for, keep_document, may_see_document, share_document
from pandok.fields.counterfeit.acts.cases.refusals import not_yours
from pandok.fields.counterfeit.lists.visible import cases_of_customs, turns_in
from pandok.fields.counterfeit.models import CaseDocument
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import Turn
from pandok.fields.counterfeit.web.case_forms import PaperOfCaseForm, ShareForm, suit_form
from pandok.fields.counterfeit.web.views.cases.case_requests import customs_case
from pandok.fields.counterfeit.web.views.cases.page import refused
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant

SHOWN_INLINE = frozenset({"image/jpeg", "image/png"})


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def add_document(request: AccountRequest, case_id: UUID) -> HttpResponse:
    case = customs_case(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    form = PaperOfCaseForm(request.POST, request.FILES)
    form.is_valid()  # what is wrong with a file, the use case says
    file = form.cleaned_data.get("file")
    try:
        if Turn.OFFICER not in turns_in(request.user, case):
            raise not_yours()
        if file is not None and (size := file.size or 0) > MOST_BYTES:
            raise too_large(size)
        keep_document(
            case=case,
            data=file.read() if file is not None else b"",
            filename=(file.name or "") if file is not None else "",
            kind=form.cleaned_data["kind"],
            actor=request.user,
            now=timezone.now(),
            blobs=house.blobs(),
        )
    except PandokError as error:
        return refused(request, case_id, error, "document")
    return redirect("case", case_id=case_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def share(request: AccountRequest, document_id: UUID) -> HttpResponse:
    document = _of_customs(request, document_id)
    if request.method != "POST":
        return redirect("case", case_id=document.case_id)
    form = meant(ShareForm(document, request.POST))
    try:
        if Turn.OFFICER not in turns_in(request.user, document.case):
            raise not_yours()
        share_document(
            document=document,
            kinds=form.cleaned_data["with"],
            actor=request.user,
            reason=form.why(),
            now=timezone.now(),
            blobs=house.blobs(),
        )
    except PandokError as error:
        return refused(request, document.case_id, error, f"share_{document.id}")
    return redirect("case", case_id=document.case_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def confirm_the_suit(request: AccountRequest, document_id: UUID) -> HttpResponse:
    """The officer has looked at the holder's proof of a suit: the term for it is met and the suspension goes on."""
    document = _of_customs(request, document_id)
    if request.method != "POST":
        return redirect("case", case_id=document.case_id)
    form = meant(suit_form(document, request.POST))
    try:
        confirm_suit(
            case=document.case,
            document=document,
            actor=request.user,
            reason=form.why(),
            now=timezone.now(),
        )
    except PandokError as error:
        return refused(request, document.case_id, error, f"suit_{document.id}")
    return redirect("case", case_id=document.case_id)


def _of_customs(request: AccountRequest, document_id: UUID) -> CaseDocument:
    """A paper of a case that this officer works on."""
    found = CaseDocument.objects.filter(id=document_id).select_related("case").first()
    if found is None or not cases_of_customs(request.user).filter(pk=found.case_id).exists():
        raise Http404
    return found


@require_safe
@allows(Action.SEE_CASES)
def document(request: AccountRequest, document_id: UUID) -> HttpResponse:
    """The file, never run by the browser; who saw it is kept first. For the other side without place and device."""
    found = CaseDocument.objects.filter(id=document_id).select_related("case").first()
    blobs = house.blobs()
    if found is None or not may_see_document(request.user, found) or found.sha256 not in blobs:
        raise Http404
    data, media_type, name = file_for(request.user, found, blobs)
    record_viewing(
        account=request.user, sha256=found.sha256, obj=f"case:{found.case_id}", now=timezone.now(), action=DOCUMENT
    )
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    inline = media_type in SHOWN_INLINE
    response.headers["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    return response
