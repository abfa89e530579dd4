"""The lab for submitters' own programs: open problems, handing in, how it stands, what was released, proofs.

Nothing here tells more than the pages do: of a run under way only that it is under way, of sealed cases nothing.
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Form, Query, Router, UploadedFile
from pydantic import BaseModel, Field

from pandok.common import house
from pandok.common.models import Account
from pandok.core.lab.problem import Part
from pandok.core.lab.submission import SubmissionSheet
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.lab.acts.budget.budget import budget_left
from pandok.fields.lab.acts.budget.disclosed_runs import Told, longest_run, told_run
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.acts.explained import explained
from pandok.fields.lab.acts.proofs.proof_standing import Standing, standing_of
from pandok.fields.lab.acts.submissions.receiving import receive
from pandok.fields.lab.acts.submissions.sealed_runs import ask_confirmation
from pandok.fields.lab.lists.leaderboard import leaderboard
from pandok.fields.lab.lists.proofs import proofs_visible_to
from pandok.fields.lab.lists.results import results_visible_to
from pandok.fields.lab.lists.submissions import open_problems, own_submissions
from pandok.fields.lab.models import LockedRegistration, ProblemPack, ProofRecord, Run, Submission
from pandok.fields.lab.roles import Action
from pandok.fields.lab.web import sandbox_tools
from pandok.web.api.binary import binary, safe_file
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Cursor, Day, Limit, Moment, Page, one_of
from pandok.web.uploaded import content_of

router = Router(tags=["lab"])
_SEES = may(Action.SEE_LAB)
_SUBMITS = may(Action.SUBMIT_MODELS)
_PROOFS = may(Action.SEE_PROOFS)


class Budget(BaseModel):
    used: int
    most: int


class ProblemRow(BaseModel):
    """A problem whose protocol is locked. `feedback`, `confirm`: what your organisation has used of its budget;
    null for accounts that submit nothing."""

    id: UUID
    problem: str
    version: int
    title: Text
    question: Text
    registration_sha256: str
    registered_at: Moment
    public_sha256: str
    public_bytes: int
    leaderboard: bool
    feedback: Budget | None
    confirm: Budget | None


class ProblemOut(ProblemRow):
    """`registered`: the whole of problem.toml as it was locked. `sheet`: the JSON schema of submission.json."""

    registered: dict[str, Any]
    sheet: dict[str, Any]


class LeaderOut(BaseModel):
    """`shown`: what the Ladder showed, rounded to its step; larger is better. No verdict."""

    place: int
    organisation: str
    shown: float
    at: Moment
    own: bool


class Reason(BaseModel):
    code: str
    where: str
    what: Text
    next_step: Text


class RunOut(BaseModel):
    """`state`: under_way from asking to release; then released or withheld by two; or that it ended without a result,
    told at full half hours or, on sealed data, after the longest time that a run may take (then `reasons` say why as
    far as that is of public cases, and `counts` whether the attempt counts). Nothing else is told meanwhile."""

    id: UUID
    part: Annotated[str, one_of("feedback", "confirm")]
    state: Told
    queued_at: Moment
    counts: bool | None
    reasons: list[Reason]


class SubmissionRow(BaseModel):
    id: UUID
    problem_id: UUID
    received_at: Moment
    name: str
    version: str
    model_sha256: str
    accepted: bool


class SubmissionOut(SubmissionRow):
    reasons: list[Reason]
    """Why it was not accepted; it costs nothing."""
    runs: list[RunOut]


class SubmissionIn(BaseModel):
    problem_id: UUID
    upload_key: UUID = Field(description="Made by the sender; the same UUID is the same submission, however often sent")


class ResultOut(BaseModel):
    """A released result. Of the feedback part the place on the Ladder, of the confirm part verdict and report."""

    run_id: UUID
    part: Annotated[str, one_of("feedback", "confirm")]
    shown: float | None
    improved: bool | None
    verdict: Annotated[str, one_of("proven", "not_proven", "inferior", "undecidable")] | None
    report: dict[str, Any] | None
    report_sha256: str | None


class ProofOut(BaseModel):
    id: UUID
    number: str
    site: str
    problem: str
    model_sha256: str
    verdict: Annotated[str, one_of("proven", "not_proven", "inferior", "undecidable")]
    standing: Standing
    expires_on: Day
    sha256: str


class ListQuery(BaseModel):
    cursor: Cursor = ""
    limit: Limit = 50


@router.get("/problems", auth=_SEES, response=answers(list[ProblemRow]), summary="Problems that are open")
def list_problems(request: HttpRequest) -> list[ProblemRow]:
    account = actor_of(request)
    return [ProblemRow(**_problem(pack, pack.locked, account)) for pack in open_problems() if pack.locked]


@router.get("/problems/{uuid:problem_id}", auth=_SEES, response=answers(ProblemOut), summary="One problem")
def get_problem(request: HttpRequest, problem_id: UUID) -> ProblemOut:
    pack, registration = _open_problem(problem_id)
    return ProblemOut(
        **_problem(pack, registration, actor_of(request)),
        registered=registration.registration_values["problem"],
        sheet=SubmissionSheet.model_json_schema(),
    )


@router.get(
    "/problems/{uuid:problem_id}/public",
    auth=_SEES,
    **binary("The public part as a zip", "application/zip"),
    summary="The public part of a problem",
)
def get_public_part(request: HttpRequest, problem_id: UUID) -> HttpResponse:  # noqa: ARG001
    pack, _ = _open_problem(problem_id)
    name = f"{pack.problem_id}-{pack.version}-public.zip"
    return safe_file(house.blobs().get(pack.public_sha256), media_type="application/zip", filename=name)


@router.get(
    "/problems/{uuid:problem_id}/leaderboard",
    auth=_SEES,
    response=answers(list[LeaderOut]),
    summary="The leaderboard, where the protocol has one",
)
def get_leaderboard(request: HttpRequest, problem_id: UUID) -> list[LeaderOut]:
    own = organisation_of(actor_of(request)).key
    _, registration = _open_problem(problem_id)
    return [
        LeaderOut(place=one.place, organisation=one.organisation, shown=one.shown, at=one.at, own=one.submitter == own)
        for one in leaderboard(registration)
    ]


@router.get("/submissions", auth=_SUBMITS, response=answers(Page[SubmissionRow]), summary="Your submissions")
def list_submissions(request: HttpRequest, asked: Query[ListQuery]) -> Page[SubmissionRow]:
    return page_by_time(
        own_submissions(actor_of(request)),
        field="received_at",
        cursor=asked.cursor,
        limit=asked.limit,
        shape=lambda one: SubmissionRow(**_row(one)),
    )


@router.post("/submissions", auth=_SUBMITS, response=answers(SubmissionOut, 201), summary="Hand a model in")
@once(status=201, repeatable=True)
def submit_a_model(request: HttpRequest, asked: Form[SubmissionIn], file: File[UploadedFile]) -> SubmissionOut:
    """The zip of model.onnx, submission.json, card.md and sample_outputs.csv. A refused one is answered too, with
    every reason; it costs nothing. The same `upload_key` again is answered with the first submission."""
    pack, _ = _open_problem(asked.problem_id)
    content, size = content_of(file)
    submission = receive(
        upload=content,
        size=size,
        pack=pack,
        upload_key=asked.upload_key,
        actor=actor_of(request),
        now=timezone.now(),
        blobs=house.blobs(),
        check=sandbox_tools.check,
        public_ids=sandbox_tools.public_ids,
    )
    return shown_submission(submission)


@router.get(
    "/submissions/{uuid:submission_id}", auth=_SUBMITS, response=answers(SubmissionOut), summary="One own submission"
)
def get_submission(request: HttpRequest, submission_id: UUID) -> SubmissionOut:
    return shown_submission(_own(request, submission_id))


@router.post(
    "/submissions/{uuid:submission_id}/confirm",
    auth=_SUBMITS,
    response=answers(SubmissionOut),
    summary="Ask for the run on the confirm set",
)
@once
def ask_for_confirm_run(request: HttpRequest, submission_id: UUID) -> SubmissionOut:
    """It is opened as often as the protocol allows, mostly once: ask with the best model."""
    found = _own(request, submission_id)
    ask_confirmation(submission=found, actor=actor_of(request), now=timezone.now())
    return shown_submission(found)


@router.get("/results/{uuid:run_id}", auth=_SUBMITS, response=answers(ResultOut), summary="A released result")
def get_result(request: HttpRequest, run_id: UUID) -> ResultOut:
    run = results_visible_to(actor_of(request)).filter(pk=run_id, state="released").first()
    if run is None:
        raise not_found()
    confirm = run.part == Part.CONFIRM.value
    return ResultOut(
        run_id=run.pk,
        part=run.part,
        shown=None if confirm else run.ladder.shown,
        improved=None if confirm else run.ladder.improved,
        verdict=run.comparison.verdict if confirm else None,
        report=run.report.values if confirm else None,
        report_sha256=run.report.sha256 if confirm else None,
    )


@router.get("/proofs", auth=_PROOFS, response=answers(Page[ProofOut]), summary="Proofs that one may see")
def list_proofs(request: HttpRequest, asked: Query[ListQuery]) -> Page[ProofOut]:
    return page_by_time(
        proofs_visible_to(actor_of(request)), field="kept_at", cursor=asked.cursor, limit=asked.limit, shape=_proof
    )


@router.get("/proofs/{uuid:proof_id}", auth=_PROOFS, response=answers(ProofOut), summary="One proof")
def get_proof(request: HttpRequest, proof_id: UUID) -> ProofOut:
    return _proof(_visible_proof(request, proof_id))


@router.get(
    "/proofs/{uuid:proof_id}/pack",
    auth=_PROOFS,
    **binary("proof.zip", "application/zip"),
    summary="The proof itself, for `pandok proof verify`",
)
def get_proof_pack(request: HttpRequest, proof_id: UUID) -> HttpResponse:
    found = _visible_proof(request, proof_id)
    data = house.blobs().get(found.pack_sha256)
    return safe_file(data, media_type="application/zip", filename=f"proof-{found.number}.zip")


def open_problem_of(problem_id: UUID) -> ProblemPack:
    """Raises what is answered as 404."""
    return _open_problem(problem_id)[0]


def _open_problem(problem_id: UUID) -> tuple[ProblemPack, LockedRegistration]:
    pack = next((one for one in open_problems() if one.pk == problem_id), None)
    registration = pack.locked if pack else None
    if pack is None or registration is None:
        raise not_found()
    return pack, registration


def _problem(pack: ProblemPack, registration: LockedRegistration | None, account: Account) -> dict[str, Any]:
    assert registration is not None
    problem = registration.registration.problem
    return {
        "id": pack.pk,
        "problem": pack.problem_id,
        "version": pack.version,
        "title": problem.title,
        "question": problem.question,
        "registration_sha256": registration.sha256,
        "registered_at": registration.registered_at,
        "public_sha256": pack.public_sha256,
        "public_bytes": pack.public_bytes,
        "leaderboard": problem.leaderboard,
        "feedback": _budget(registration, account, Part.FEEDBACK),
        "confirm": _budget(registration, account, Part.CONFIRM),
    }


def _budget(registration: LockedRegistration, account: Account, part: Part) -> Budget | None:
    if not account.may(Action.SUBMIT_MODELS):
        return None
    key = organisation_of(account).key
    left = budget_left(registration=registration, submitter=key, part=part, now=timezone.now())
    return Budget(used=left.used, most=left.most)


def _own(request: HttpRequest, submission_id: UUID) -> Submission:
    found = own_submissions(actor_of(request)).filter(pk=submission_id).first()
    if found is None:
        raise not_found()
    return found


def _row(one: Submission) -> dict[str, Any]:
    return {
        "id": one.pk,
        "problem_id": one.pack_id,
        "received_at": one.received_at,
        "name": one.name,
        "version": one.version,
        "model_sha256": one.model_sha256,
        "accepted": one.accepted,
    }


def shown_submission(one: Submission) -> SubmissionOut:
    runs = [_run(run) for run in one.runs.order_by("queued_at")]
    return SubmissionOut(**_row(one), reasons=_reasons(one.refusals), runs=runs)


def _run(run: Run) -> RunOut:
    seen = told_run(run, timezone.now(), longest_run())
    ended = seen.told not in (Told.UNDER_WAY, Told.RELEASED)
    return RunOut(
        id=run.pk,
        part=run.part,
        state=seen.told,
        queued_at=run.queued_at,
        counts=seen.charged if ended else None,
        reasons=_reasons(list(seen.refusals)),
    )


def _reasons(refusals: list[dict[str, Any]]) -> list[Reason]:
    said = [explained(one) for one in refusals]
    return [Reason(code=one.code, where=one.where, what=one.what, next_step=one.next_step) for one in said]


def _proof(one: ProofRecord) -> ProofOut:
    return ProofOut(
        id=one.pk,
        number=one.number,
        site=one.site,
        problem=one.problem_id,
        model_sha256=one.model_sha256,
        verdict=one.verdict,
        standing=standing_of(one, timezone.now().astimezone(OFFICE_ZONE).date()),
        expires_on=one.expires_on,
        sha256=one.pack_sha256,
    )


def _visible_proof(request: HttpRequest, proof_id: UUID) -> ProofRecord:
    found = proofs_visible_to(actor_of(request)).filter(pk=proof_id).first()
    if found is None:
        raise not_found()
    return found
