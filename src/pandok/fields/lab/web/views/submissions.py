"""Pages of submitters: their own submissions, submitting one, and how one goes on."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common import house
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.core.lab.problem import Part
from pandok.core.text import Text
from pandok.fields.lab.acts.budget.budget import BudgetLeft, budget_left
from pandok.fields.lab.acts.budget.disclosed_runs import Told, longest_run, told_run
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.acts.explained import explained
from pandok.fields.lab.acts.submissions.receiving import receive
from pandok.fields.lab.acts.submissions.sealed_runs import ask_confirmation
from pandok.fields.lab.acts.submissions.unpacking import MOST_BYTES
from pandok.fields.lab.lists.submissions import open_problems, own_submissions
from pandok.fields.lab.models import ProblemPack, Submission
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.run_states import RunState
from pandok.fields.lab.web import sandbox_tools
from pandok.fields.lab.web.lab_forms import ModelForm
from pandok.fields.lab.web.shown.run_steps import told_page
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import refused_status, render
from pandok.web.uploaded import content_of

A_PAGE = 30
_FILES = {
    "model.onnx": Text(ko="모델. ONNX, 512 MB까지.", en="The model: ONNX, at most 512 MB."),
    "submission.json": Text(
        ko="입력·출력 이름, 전·후처리 단계, 학습 자료, 이용 조건.",
        en="Names of input and output, pre- and postprocessing, training data, licence.",
    ),
    "card.md": Text(
        ko="모델이 무엇이고 어디에 쓰면 안 되는지.", en="What the model is, and what it must not be used for."
    ),
    "sample_outputs.csv": Text(
        ko="공개 사례에 대한 모델의 출력. 실증랩이 똑같이 만들어 봅니다.",
        en="The model's outputs on the public cases; the lab must get the same.",
    ),
}

_SIGNED_OUT = (
    Text(ko="로그인이 끝났습니다.", en="You are no longer signed in."),
    Text(
        ko="다른 창에서 로그인한 뒤 다시 제출을 누르십시오. 보낸 만큼은 그대로 남아 있습니다.",
        en="Sign in in another window, and press Submit again: what was sent stays.",
    ),
)


@require_safe
@allows(Action.SUBMIT_MODELS)
def submissions(request: AccountRequest) -> HttpResponse:
    found = own_submissions(request.user).prefetch_related("runs")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, one.pack.problem.title, _stands(one)) for one in page]
    context = {"page": page, "rows": rows, "organisation": organisation_of(request.user).name}
    return render(request, "pandok/lab/submissions/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.SUBMIT_MODELS)
def submission_new(request: AccountRequest) -> HttpResponse:
    """The form. With scripts it is sent with progress and answered as JSON, without them by a redirect."""
    if request.method != "POST":
        return _form(request)
    try:
        submission = _receive(request)
    except PandokError as error:
        if _wants_json(request):
            return JsonResponse(error.as_dict(), status=refused_status(error))
        return _form(request, error, status=422)
    address = reverse("submission", args=[submission.pk])
    return JsonResponse({"address": address}) if _wants_json(request) else redirect(address)


@require_safe
@allows(Action.SUBMIT_MODELS)
def submission(request: AccountRequest, submission_id: UUID) -> HttpResponse:
    return _page(request, get_object_or_404(own_submissions(request.user), pk=submission_id))


@require_POST
@allows(Action.SUBMIT_MODELS)
def submission_confirm(request: AccountRequest, submission_id: UUID) -> HttpResponse:
    found = get_object_or_404(own_submissions(request.user), pk=submission_id)
    try:
        ask_confirmation(submission=found, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, found, error, status=422)
    return redirect("submission", submission_id=found.pk)


def _receive(request: AccountRequest) -> Submission:
    upload = request.FILES.get("upload")
    form = meant(ModelForm(request.POST))
    pack = next((one for one in open_problems() if str(one.pk) == form.cleaned_data["pack"]), None)
    if pack is None:
        raise _missing(Text(ko="과제를 고르지 않았습니다.", en="No problem was chosen."))
    if upload is None:
        raise _missing(Text(ko="파일을 고르지 않았습니다.", en="No file was chosen."))
    content, size = content_of(upload)
    return receive(
        upload=content,
        size=size,
        pack=pack,
        upload_key=form.cleaned_data["upload_key"],
        actor=request.user,
        now=timezone.now(),
        blobs=house.blobs(),
        check=sandbox_tools.check,
        public_ids=sandbox_tools.public_ids,
    )


def _form(request: AccountRequest, error: PandokError | None = None, status: int = 200) -> HttpResponse:
    key = organisation_of(request.user).key
    problems = [(pack, pack.problem.title, _left(pack, key)) for pack in open_problems()]
    sent = meant(ModelForm(request.POST))
    context: dict[str, Any] = {
        "problems": problems,
        "chosen": sent.cleaned_data["pack"] or request.GET.get("problem", ""),
        "upload_key": uuid4(),
        "files": _FILES.items(),
        "most_mb": MOST_BYTES["model.onnx"] >> 20,
        "error": error,
        "signed_out": json.dumps({"what": _SIGNED_OUT[0].model_dump(), "next_step": _SIGNED_OUT[1].model_dump()}),
    }
    return render(request, "pandok/lab/submissions/new.html", context, status=status)


def _page(request: HttpRequest, found: Submission, error: PandokError | None = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    runs = [told_page(run, now, longest_run()) for run in found.runs.order_by("queued_at")]
    context = {
        "submission": found,
        "problem": found.pack.problem.title,
        "refusals": [explained(one) for one in found.refusals],
        "runs": runs,
        "under_way": any(one.under_way for one in runs),
        "may_confirm": any(one.released and one.run.part == Part.FEEDBACK.value for one in runs)
        and _left(found.pack, found.submitter, Part.CONFIRM).left > 0,
        "error": error,
    }
    return render(request, "pandok/lab/submissions/submission.html", context, status=status)


def _left(pack: ProblemPack, submitter: str, part: Part = Part.FEEDBACK) -> BudgetLeft:
    registration = pack.locked
    if registration is None:
        return BudgetLeft(0, 0)
    return budget_left(registration=registration, submitter=submitter, part=part, now=timezone.now())


def _stands(submission: Submission) -> Text:
    if submission.refusals:
        return RunState.REFUSED.words
    last = max(submission.runs.all(), key=lambda run: run.queued_at, default=None)
    return told_run(last, timezone.now(), longest_run()).told.words if last else Told.UNDER_WAY.words


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _missing(what: Text) -> RequestError:
    return RequestError(what, Text(ko="골라서 다시 보내십시오.", en="Choose it and send again."), code="lab.form")
