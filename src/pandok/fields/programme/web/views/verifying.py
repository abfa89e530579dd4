"""For everybody, without signing in: whoever has number and code of a certificate sees what is certified, and whether
it still holds. A wrong number and a wrong code are answered alike."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pandok.common.backup.gaps import gaps_of_restoring
from pandok.core.text import Text
from pandok.engines.proof_pack.former_keys import former_keys
from pandok.engines.proof_pack.keys import key_file
from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.fields.programme.lists.certificates import certificate_in_hand
from pandok.fields.programme.models import TrialCertificate
from pandok.fields.programme.web.evidence_forms import VerifyForm
from pandok.fields.programme.web.shown.certificate_facts import certificate_shown, gaps_told
from pandok.fields.programme.web.views.certificates import facts_of, paper_of
from pandok.settings import settings
from pandok.web.shown.rendering import render

_UNKNOWN_KEYS = Text(
    ko="이전 백업을 복원했습니다. 그 사이에 바꾼 키는 이 목록에 없습니다.",
    en="An older backup was restored: a key that came into use in between is not in this list.",
)


@login_not_required
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    form = VerifyForm(request.GET or None)
    found = _found(request)
    context: dict[str, Any] = {"form": form, "asked": bool(request.GET.get("number")), "found": found}
    if found is None:
        context["gaps"] = gaps_told() if context["asked"] else []
    else:
        context |= certificate_shown(found) | {
            "query": urlencode({"number": found.number, "code": request.GET.get("code", "")})
        }
    answer = render(request, "pandok/programme/verify.html", context)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@login_not_required
@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    return paper_of(_or_404(request), get_language() or "ko")


@login_not_required
@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    return facts_of(_or_404(request))


@login_not_required
@require_safe
def keys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The public keys of this site, also those of before, each with its time: plain text, for whoever checks alone."""
    chosen = settings()
    told = key_file(site_signing_key(chosen.home).public, site=chosen.site_name)
    for one in reversed(former_keys(chosen.home)):
        since = one.since.isoformat(timespec="seconds") if one.since else "…"
        told += f"\n# {since} – {one.until.isoformat(timespec='seconds')}\n"
        told += key_file(one.public, site=chosen.site_name)
    for gap in gaps_of_restoring():
        told += "".join(f"\n# {line}" for line in (_UNKNOWN_KEYS.ko, _UNKNOWN_KEYS.en, gap.words.en)) + "\n"
    return HttpResponse(told, content_type="text/plain; charset=utf-8")


def _found(request: HttpRequest) -> TrialCertificate | None:
    form = VerifyForm(request.GET)
    form.full_clean()
    return certificate_in_hand(form.cleaned_data["number"], form.cleaned_data["code"])


def _or_404(request: HttpRequest) -> TrialCertificate:
    found = _found(request)
    if found is None:
        raise Http404
    return found
