"""The public register: for everybody, without signing in. It says what is done with whose data, and what left."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.core.text import Text
from pandok.fields.lab.acts.public_register import draw_register
from pandok.proof.verdict import Verdict
from pandok.settings import settings
from pandok.web.shown.rendering import render

_COUNTS = {
    "deposits": Text(ko="기탁", en="Deposits"),
    "objects_sealed": Text(ko="봉인한 파일", en="Files sealed"),
    "openings": Text(ko="봉인 자료를 연 횟수", en="Openings of sealed data"),
    "openings_refused": Text(ko="거절된 열람", en="Openings refused"),
    "protocols_locked": Text(ko="사전등록", en="Protocols locked"),
    "submissions": Text(ko="받은 모델", en="Models received"),
    "submissions_refused": Text(ko="거절한 모델", en="Models refused"),
    "results_released": Text(ko="공개한 결과", en="Results released"),
    "proofs_made": Text(ko="입증서", en="Proofs"),
    "files_left": Text(ko="반출한 파일", en="Files that left"),
    "deletions": Text(ko="파기", en="Deletions"),
}
_ROLES = {
    "operator": Text(ko="실증랩 운영", en="Runs the lab"),
    "submitter": Text(ko="모델 제출(자료를 보지 않음)", en="Submitted models; saw no data"),
}


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    drawn = draw_register(site=settings().site_name, now=timezone.now())
    context = {
        "drawn": drawn,
        "counts": [(words, drawn.counts[name]) for name, words in _COUNTS.items()],
        "processors": [(one, _ROLES[one.role]) for one in drawn.processors],
        "verdicts": [(one, Verdict(one.verdict).words) for one in drawn.verdicts],
        "proofs": [(one, Verdict(one.verdict).words) for one in drawn.proofs],
    }
    return render(request, "pandok/lab/register.html", context)


@login_not_required
@require_safe
def as_json(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    drawn = draw_register(site=settings().site_name, now=timezone.now())
    return JsonResponse(drawn.model_dump(mode="json"), json_dumps_params={"ensure_ascii": False, "indent": 1})
