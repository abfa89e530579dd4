"""The notice that a page is about. One of somebody else answers like one that does not exist."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from pandok.common.web.requests import AccountRequest
from pandok.fields.counterfeit.acts.notices.access import concerns_still, notices_for
from pandok.fields.counterfeit.models import Notice


def own_notice(request: AccountRequest, notice_id: UUID, *kinds: str) -> Notice:
    found = notices_for(request.user).select_related("case", "case__design", "party")
    notice: Notice = get_object_or_404(found, id=notice_id)
    if kinds and notice.party.kind not in kinds:
        raise Http404
    return notice


def current_notice(request: AccountRequest, notice_id: UUID, *kinds: str) -> Notice:
    """One that the case is still about: a withdrawn one shows no pictures."""
    notice = own_notice(request, notice_id, *kinds)
    if not concerns_still(notice):
        raise Http404
    return notice
