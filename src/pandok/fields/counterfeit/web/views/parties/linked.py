"""The page behind a one-time link: an identity check, then the one notice, its pictures and its answers.

The session names the link and nobody: no other address of the desk takes it for a person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common import house
from pandok.common.audit.viewing import DOCUMENT, record_viewing
from pandok.common.decoding import MOST_BYTES
from pandok.common.papers.content import too_large
from pandok.common.web.signing_in import no_store
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.acts.answering.importer import make_statement
from pandok.fields.counterfeit.acts.answering.papers import send_paper
from pandok.fields.counterfeit.acts.notices.access import PAGE, PDF, concerns_still, content_of, record_opening
from pandok.fields.counterfeit.acts.notices.consenting import say_for_oneself
from pandok.fields.counterfeit.acts.notices.links import link_in_use, notices_behind, reader_of, try_link
from pandok.fields.counterfeit.acts.picture_access import is_registered_view
from pandok.fields.counterfeit.models import CaseDocument, Notice, NoticeLink
from pandok.fields.counterfeit.states import Turn
from pandok.fields.counterfeit.web.party_forms import ElectronicForm, LinkForm, PaperForm, PressedOnce, StatementForm
from pandok.fields.counterfeit.web.reading_language import ASKED, Reading, further_asked, reading
from pandok.fields.counterfeit.web.reading_language import KEY as READING
from pandok.fields.counterfeit.web.shown.notice_page import notice_page
from pandok.fields.counterfeit.web.views.parties.closer_look import look_at_notice
from pandok.fields.counterfeit.web.views.parties.notice_file import notice_file
from pandok.web.file_answer import picture_answer
from pandok.web.page_language import language
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

KEY = "notice_link"


class _Closed(Exception):
    """The link that this browser opened no longer holds."""


def or_closed(view: Callable[[HttpRequest, Any], HttpResponse] | Any) -> Any:
    """Where the link ended in between, say so, and give back what was written."""

    @wraps(view)
    def shown(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *arguments, **named)
        except _Closed:
            written = str(StatementForm(request.POST)["text"].value() or "")[:20_000]
            with reading(request) as said:
                context = {"written": written, "had_file": bool(request.FILES), "reading": said}
                return no_store(render(request, "pandok/parties/link_closed.html", context, status=404))

    return shown


@sensitive_post_parameters()
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Every token gets the same form, and every refusal the same words."""
    if request.method != "POST":
        return _check_page(request)
    answer, address = meant(LinkForm(request.POST)).cleaned_data["answer"], request.META.get("REMOTE_ADDR")
    try:
        link = try_link(token=token[:200], answer=answer, address=address, now=timezone.now())
    except PandokError as error:
        return _check_page(request, status=429, error=error)
    if link is None:
        return _check_page(request, status=422, refused=True)
    if not request.user.is_authenticated:
        request.session.cycle_key()
        request.session.set_expiry(link.expires_at)
    request.session[KEY] = str(link.id)
    if further := further_asked(request):
        request.session[READING] = further
    return redirect("linked_notice")


def _check_page(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    with reading(request) as said:
        return no_store(render(request, "pandok/parties/link_check.html", {"reading": said, **context}, status=status))


@login_not_required
@require_safe
@or_closed
def show(request: HttpRequest) -> HttpResponse:
    """The notice of the link, or with `?notice=` a later one of the same case to the same party."""
    link = _link(request)
    notice = _asked(request, link)
    if request.method == "GET":
        now = timezone.now()
        record_opening(notice=notice, account=reader_of(notice.party, now), what=PAGE, now=now)
    return _page(request, link, notice=notice)


@login_not_required
@require_safe
@or_closed
def pdf(request: HttpRequest) -> HttpResponse:
    """The notice as it was issued; whoever takes it has received it."""
    link, blobs = _link(request), house.blobs()
    notice = _asked(request, link)
    withdrawn = not concerns_still(notice) and content_of(notice).pictures()
    if withdrawn or notice.pdf_sha256 not in blobs:  # or deleted with the case's files
        raise Http404
    if request.method == "GET":
        now = timezone.now()
        reader = reader_of(notice.party, now)
        record_opening(notice=notice, account=reader, what=PDF, now=now)
        record_viewing(account=reader, sha256=notice.pdf_sha256, obj=f"notice:{notice.id}", now=now, action=DOCUMENT)
    return no_store(notice_file(notice, blobs, further_asked(request)))


@login_not_required
@require_safe
@or_closed
def picture(request: HttpRequest, sha256: str) -> HttpResponse:
    link, blobs = _link(request), house.blobs()
    shown = {one for notice in notices_behind(link) for one in content_of(notice).pictures()}
    if sha256 not in shown or sha256 not in blobs:
        raise Http404
    if "look" in request.GET:
        contents = [content_of(one) for one in notices_behind(link)]
        return look_at_notice(request, contents, sha256, lambda one: reverse("linked_picture", args=[one]))
    if request.method == "GET" and not is_registered_view(sha256):
        now = timezone.now()
        reader = reader_of(link.notice.party, now)
        record_viewing(account=reader, sha256=sha256, obj=f"notice:{link.notice_id}", now=now)
    return picture_answer(blobs.get(sha256), small="small" in request.GET)


@login_not_required
@require_POST
@or_closed
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
@or_closed
def electronic(request: HttpRequest) -> HttpResponse:
    """The importer agrees to electronic service, or takes that back."""
    link, now = _link(request), timezone.now()
    party, form = link.notice.party, ElectronicForm(request.POST, auto_id="electronic-%s")
    form.is_valid()
    agrees = form.cleaned_data["agrees"] == "yes"
    try:
        say_for_oneself(party=party, given=agrees, actor=reader_of(party, now), now=now)
    except PandokError as error:
        return _page(request, link, sent=("electronic", form), error=error)
    return redirect("linked_notice")


@login_not_required
@require_POST
@or_closed
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
            blobs=house.blobs(),
        )
    except PandokError as error:
        return _page(request, link, sent=("paper", form), error=error)
    return redirect("linked_notice")


def _link(request: HttpRequest) -> NoticeLink:
    link = link_in_use(str(request.session.get(KEY, "")), timezone.now())
    if link is None:
        raise _Closed if KEY in request.session else Http404
    return link


def _asked(request: HttpRequest, link: NoticeLink) -> Notice:
    asked = request.GET.get("notice", "")
    if not asked:
        return link.notice
    found = next((one for one in notices_behind(link) if str(one.id) == asked), None)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    link: NoticeLink,
    *,
    notice: Notice | None = None,
    sent: tuple[str, PressedOnce] | None = None,
    error: PandokError | None = None,
) -> HttpResponse:
    now = timezone.now()
    forms: dict[str, Any] = {
        "statement": StatementForm(auto_id="statement-%s"),
        "paper": PaperForm(turn=Turn.IMPORTER, auto_id="paper-%s"),
        "electronic": ElectronicForm(auto_id="electronic-%s"),
    }
    if sent is not None:
        forms[sent[0]] = sent[1]
    notice = notice or link.notice
    with reading(request) as said:
        return _in_language(request, link, notice, forms, sent, error, now, said)


def _in_language(
    request: HttpRequest,
    link: NoticeLink,
    notice: Notice,
    forms: dict[str, Any],
    sent: tuple[str, PressedOnce] | None,
    error: PandokError | None,
    now: datetime,
    said: Reading | None,
) -> HttpResponse:
    page = notice_page(notice, reader_of(notice.party, now), now)
    # Nobody can sign in as this reader, so that the papers of an account are none: what this importer sent is shown.
    page = replace(page, documents=CaseDocument.objects.filter(case=link.notice.case, party=link.notice.party))
    context = {"page": page, "forms": forms, "error": error, "refused": sent[0] if sent else "", "link": link}
    context["reading"] = said
    context["pdf"] = f"{reverse('linked_pdf')}?notice={notice.id}"
    context["pdf_translated"] = f"{context['pdf']}&{ASKED}={language()}"
    context["others"] = [(one, content_of(one).title) for one in notices_behind(link) if one.id != notice.id]
    return no_store(render(request, "pandok/parties/linked.html", context, status=422 if sent else 200))
