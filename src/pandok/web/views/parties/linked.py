"""The page behind a one-time link: an identity check, then the one notice, its pictures and its answers.

The session names the link and nobody: no other address of the desk takes it for a person.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.core.cases.states import Turn
from pandok.core.errors import PandokError
from pandok.desk.answering.importer import make_statement
from pandok.desk.answering.papers import send_paper
from pandok.desk.audit.viewing import record_viewing
from pandok.desk.models import CaseDocument, NoticeLink
from pandok.desk.notices.links import link_in_use, reader_of, try_link
from pandok.desk.notices.reading import PAGE, content_of, record_opening
from pandok.desk.papers.content import MOST_BYTES, too_large
from pandok.desk.signals.pictures import is_registered_view
from pandok.web import desk
from pandok.web.entering import no_store
from pandok.web.file_answer import picture_answer
from pandok.web.party_forms import PaperForm, PressedOnce, StatementForm
from pandok.web.show.notice_page import notice_page

KEY = "notice_link"


@sensitive_post_parameters()
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Every token gets the same form, and every refusal the same words."""
    if request.method != "POST":
        return no_store(render(request, "pandok/parties/link_check.html", {}))
    link = try_link(token=token[:200], answer=request.POST.get("answer", "")[:100], now=timezone.now())
    if link is None:
        return no_store(render(request, "pandok/parties/link_check.html", {"refused": True}, status=422))
    if not request.user.is_authenticated:
        request.session.cycle_key()
        request.session.set_expiry(link.expires_at)
    request.session[KEY] = str(link.id)
    return redirect("linked_notice")


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    link = _link(request)
    if request.method == "GET":
        now = timezone.now()
        record_opening(notice=link.notice, account=reader_of(link.notice.party, now), what=PAGE, now=now)
    return _page(request, link)


@login_not_required
@require_safe
def picture(request: HttpRequest, sha256: str) -> HttpResponse:
    link, blobs = _link(request), desk.blobs()
    if sha256 not in content_of(link.notice).pictures() or sha256 not in blobs:
        raise Http404
    if request.method == "GET" and not is_registered_view(sha256):
        now = timezone.now()
        reader = reader_of(link.notice.party, now)
        record_viewing(account=reader, sha256=sha256, obj=f"notice:{link.notice_id}", now=now)
    return picture_answer(blobs.get(sha256), small="small" in request.GET)


@login_not_required
@require_POST
def statement(request: HttpRequest) -> HttpResponse:
    link, form, now = _link(request), StatementForm(request.POST, auto_id="statement-%s"), timezone.now()
    if not form.is_valid():
        return _page(request, link, sent=("statement", form))
    try:
        make_statement(
            case=link.notice.case,
            text=form.cleaned_data["text"],
            asks_release=form.cleaned_data["asks_release"],
            actor=reader_of(link.notice.party, now),
            now=now,
            nonce=form.cleaned_data["nonce"],
        )
    except PandokError as error:
        return _page(request, link, sent=("statement", form), error=error)
    return redirect("linked_notice")


@login_not_required
@require_POST
def paper(request: HttpRequest) -> HttpResponse:
    link, now = _link(request), timezone.now()
    form = PaperForm(request.POST, request.FILES, turn=Turn.IMPORTER, auto_id="paper-%s")
    if not form.is_valid():
        return _page(request, link, sent=("paper", form))
    file = form.cleaned_data["file"]
    try:
        if file.size > MOST_BYTES:
            raise too_large(file.size)
        send_paper(
            case=link.notice.case,
            turn=Turn.IMPORTER,
            kind=form.cleaned_data["kind"],
            data=bytes(file.read()),
            filename=file.name,
            actor=reader_of(link.notice.party, now),
            now=now,
            blobs=desk.blobs(),
        )
    except PandokError as error:
        return _page(request, link, sent=("paper", form), error=error)
    return redirect("linked_notice")


def _link(request: HttpRequest) -> NoticeLink:
    link = link_in_use(str(request.session.get(KEY, "")), timezone.now())
    if link is None:
        raise Http404
    return link


def _page(
    request: HttpRequest,
    link: NoticeLink,
    *,
    sent: tuple[str, PressedOnce] | None = None,
    error: PandokError | None = None,
) -> HttpResponse:
    now = timezone.now()
    forms: dict[str, Any] = {
        "statement": StatementForm(auto_id="statement-%s"),
        "paper": PaperForm(turn=Turn.IMPORTER, auto_id="paper-%s"),
    }
    if sent is not None:
        forms[sent[0]] = sent[1]
    page = notice_page(link.notice, reader_of(link.notice.party, now), now)
    # Nobody can sign in as this reader, so that the papers of an account are none: what this importer sent is shown.
    page = replace(page, documents=CaseDocument.objects.filter(case=link.notice.case, party=link.notice.party))
    context = {"page": page, "forms": forms, "error": error, "refused": sent[0] if sent else "", "link": link}
    return no_store(render(request, "pandok/parties/linked.html", context, status=422 if sent else 200))
