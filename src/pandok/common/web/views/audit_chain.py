"""Is the audit chain whole? Its newest hash, checks in the background, anchors to keep elsewhere."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common.audit.anchor import compare, make_anchor, no_anchor, read_anchor
from pandok.common.audit.chain import newest_checkpoint
from pandok.common.models import AuditEntry, ChainCheck
from pandok.common.roles import Action
from pandok.common.trust.check_job import check_in_background
from pandok.common.trust.clock import asked_by, confirm_clock, why_doubted
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.files.clock_note import this_boot
from pandok.web.file_answer import download
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import render

MOST_ANCHOR_BYTES = 4096
CHECKS_SHOWN = 10


@require_safe
@allows(Action.SEE_AUDIT)
def chain(request: AccountRequest) -> HttpResponse:
    return _page(request)


@require_POST
@allows(Action.SEE_AUDIT)
def check(request: AccountRequest) -> HttpResponse:
    check_in_background(actor=request.user, full=request.POST.get("full") == "1", now=timezone.now())
    return redirect("audit_chain")


@require_POST
@allows(Action.SEE_AUDIT)
def anchor(request: HttpRequest) -> HttpResponse:
    made = make_anchor(actor=request.user.get_username(), secret_key=settings.SECRET_KEY, now=timezone.now())
    data = made.model_dump_json(indent=1).encode()
    return download(data, filename=f"pandok-anchor-{made.sequence}.json", media_type="application/json")


@require_http_methods(["POST"])
@allows(Action.SEE_AUDIT)
def compare_anchor(request: AccountRequest) -> HttpResponse:
    sent = request.FILES.get("anchor")
    if sent is None or (sent.size or 0) > MOST_ANCHOR_BYTES:
        return _page(request, error=_no_anchor(), status=422)
    try:
        kept = read_anchor(sent.read())
    except RequestError as error:
        return _page(request, error=error, status=422)
    return _page(request, compared=kept, broken=compare(kept))


@require_POST
@allows(Action.MANAGE_ACCOUNTS)
def clock(request: AccountRequest) -> HttpResponse:
    reason = meant(ReasonForm(request.POST)).why()
    try:
        confirm_clock(actor=request.user, reason=reason, now=timezone.now(), boot=this_boot())
    except RequestError as error:
        return _page(request, error=error, reason=reason, status=422)
    return redirect("audit_chain")


def _page(request: AccountRequest, *, status: int = 200, **more: object) -> HttpResponse:
    last = AuditEntry.objects.order_by("-sequence").first()
    checks = list(ChainCheck.objects.all()[:CHECKS_SHOWN])
    context = {
        "clock_doubt": why_doubted(timezone.now(), this_boot()),
        "clock_asked": asked_by(),
        "may_confirm": request.user.may(Action.MANAGE_ACCOUNTS),
        "last": last,
        "checks": checks,
        "running": [one for one in checks if one.finished_at is None],
        "checkpoint": newest_checkpoint(),
        "full": ChainCheck.objects.filter(full=True, finished_at__isnull=False).first(),
        **more,
    }
    return render(request, "pandok/audit/chain.html", context, status=status)


def _no_anchor() -> RequestError:
    return no_anchor(
        Text(ko="앵커 파일이 없거나 너무 큽니다.", en="There is no anchor file, or it is too large."),
        Text(ko="보관한 JSON 파일을 고르십시오.", en="Choose the JSON file that was kept."),
    )
