"""Papers of a case for parties: their own ones and those that customs shares with them, only ever downloaded."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.common import house
from pandok.common.audit.viewing import DOCUMENT, record_viewing
from pandok.common.web.requests import AccountRequest
from pandok.fields.counterfeit.acts.cases.documents import file_for, may_see_document
from pandok.fields.counterfeit.models import CaseDocument
from pandok.fields.counterfeit.roles import Action
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows


@require_safe
@allows(Action.SEE_TOLD_CASES)
def party_document(request: AccountRequest, document_id: UUID) -> HttpResponse:
    document = get_object_or_404(CaseDocument.objects.select_related("case"), id=document_id)
    blobs = house.blobs()
    if not may_see_document(request.user, document) or document.sha256 not in blobs:
        raise Http404
    data, media_type, name = file_for(request.user, document, blobs)
    if request.method == "GET":
        record_viewing(
            account=request.user,
            sha256=document.sha256,
            obj=f"case:{document.case_id}",
            now=timezone.now(),
            action=DOCUMENT,
        )
    return download(data, filename=name, media_type=media_type)
