"""Proofs: the list, one proof with its checks, making, bringing in, keys of other sites."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from pandok.common import house
from pandok.common.decoding import parsing_pool
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.lab.problem import Part
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.proof_pack.elsewhere import check_elsewhere
from pandok.engines.proof_pack.keys import MOST_KEY_FILE_BYTES, SiteKey, key_file, plain_site
from pandok.engines.proof_pack.plain_lines import history_lines
from pandok.engines.proof_pack.signing import SigningKey
from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.fields.lab.acts.proofs.importing import add_key, import_proof, trusted_keys
from pandok.fields.lab.acts.proofs.make_proof import make_proof, make_trial_proof
from pandok.fields.lab.acts.proofs.proof_standing import Standing, ask_for_new_proof, standing_of
from pandok.fields.lab.acts.proofs.refusals import refused
from pandok.fields.lab.lists.proofs import proofs_visible_to
from pandok.fields.lab.models import LockedRegistration, ProofRecord, Run, ShadowTrial, TrustedKey
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.run_states import RunState
from pandok.fields.lab.states.trial_states import JUDGED
from pandok.fields.lab.web.lab_forms import KeyForm, ProvenForm
from pandok.fields.lab.web.shown.proof_page import endpoints_of, picture_of, seal_of
from pandok.proof.verdict import Verdict
from pandok.settings import settings
from pandok.web.file_answer import download
from pandok.web.in_memory_upload import uploads_in_memory
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import render

PROOFS_SHOWN = 200
RUNS_SHOWN = 50
TRIAL = "trial:"


@require_safe
@allows(Action.SEE_PROOFS)
def proofs(request: AccountRequest) -> HttpResponse:
    return _list(request)


@require_POST
@allows(Action.MAKE_PROOFS)
def make(request: AccountRequest) -> HttpResponse:
    try:
        chosen = meant(ProvenForm(request.POST)).cleaned_data["run"]
        if chosen.startswith(TRIAL):
            return redirect("proof", proof_id=_make_of_trial(request, chosen.removeprefix(TRIAL)).id)
        named = _uuid(chosen)
        run = _provable().filter(pk=named).first() if named else None
        if run is None:
            raise refused("not_released")
        made = make_proof(
            run=run,
            actor=request.user,
            now=timezone.now(),
            key=_key(),
            blobs=house.blobs(),
            valid_days=settings().lab_proof_days,
            language=get_language() or "ko",
        )
    except PandokError as error:
        return _list(request, error=error, status=422)
    return redirect("proof", proof_id=made.id)


def _make_of_trial(request: AccountRequest, number: str) -> ProofRecord:
    named = _uuid(number)
    trial = ShadowTrial.objects.filter(pk=named).first() if named else None
    if trial is None:
        raise refused("not_judged")
    return make_trial_proof(
        trial=trial,
        actor=request.user,
        now=timezone.now(),
        key=_key(),
        blobs=house.blobs(),
        valid_days=settings().lab_proof_days,
        site=settings().site_name,
        chosen=settings(),
        language=get_language() or "ko",
    )


@uploads_in_memory
@require_POST
@allows(Action.MAKE_PROOFS)
def bring_in(request: AccountRequest) -> HttpResponse:
    upload = request.FILES.get("pack")
    try:
        if upload is None:
            raise refused("too_large")
        kept = import_proof(data=upload.read(), actor=request.user, now=timezone.now(), blobs=house.blobs())
    except PandokError as error:
        return _list(request, error=error, status=422)
    return redirect("proof", proof_id=kept.id)


@require_POST
@allows(Action.MAKE_PROOFS)
def trust(request: AccountRequest) -> HttpResponse:
    """A key as a file or as its line."""
    sent = request.FILES.get("key")
    given = meant(KeyForm(request.POST)).cleaned_data
    data = sent.read(MOST_KEY_FILE_BYTES) if sent else given["line"].encode()
    words = {name: given[name] for name in ("site", "reason")}
    try:
        add_key(data=data, actor=request.user, now=timezone.now(), **words)
    except PandokError as error:
        return _list(request, error=error, words=words, status=422)
    return redirect("proofs")


@require_safe
@allows(Action.SEE_PROOFS)
def site_key(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    text = key_file(_key().public, site=settings().site_name)
    return download(text.encode(), filename="site.pub", media_type="text/plain; charset=utf-8")


@require_safe
@allows(Action.SEE_PROOFS)
def proof(request: AccountRequest, proof_id: UUID) -> HttpResponse:
    return show(request, proof_id)


@require_safe
@allows(Action.SEE_PROOFS)
def pack(request: AccountRequest, proof_id: UUID) -> HttpResponse:
    found = get_object_or_404(proofs_visible_to(request.user), id=proof_id)
    data = house.blobs().get(found.pack_sha256)
    return download(data, filename=f"proof-{found.number}.zip", media_type="application/zip")


@require_POST
@allows(Action.SEE_PROOFS)
def renew(request: AccountRequest, proof_id: UUID) -> HttpResponse:
    found = get_object_or_404(proofs_visible_to(request.user), id=proof_id)
    reason = meant(ReasonForm(request.POST)).why()
    try:
        ask_for_new_proof(proof=found, reason=reason, actor=request.user, now=timezone.now())
    except PandokError as error:
        return show(request, proof_id, error=error, reason=reason, status=422)
    return redirect("proof", proof_id=proof_id)


def show(request: AccountRequest, proof_id: UUID, *, status: int = 200, **more: object) -> HttpResponse:
    """One proof: every check made again now, from the kept pack."""
    found = get_object_or_404(proofs_visible_to(request.user), id=proof_id)
    own = found.origin == ProofRecord.MADE
    keys = [SiteKey(_key().public, site=found.site)] if own else trusted_keys()
    checked = check_elsewhere(parsing_pool(), house.blobs().get(found.pack_sha256), keys)
    today = timezone.now().astimezone(OFFICE_ZONE).date()
    said, problem = checked.statement, checked.registration.problem
    standing, language = standing_of(found, today), get_language() or "ko"
    may_make = request.user.may(Action.MAKE_PROOFS)
    tests = list(found.acceptances.select_related("registered_by", "decided_by"))
    context = {
        "proof": found,
        "said": said,
        "problem": problem,
        "endpoints": endpoints_of(said, problem),
        # Built by pandok.fields.lab.web.shown.proof_page of numbers and escaped words.
        "seal": mark_safe(seal_of(said, standing, language)),
        "picture": mark_safe(picture_of(said, problem, language)),
        "checks": checked.checks,
        "holds": checked.holds,
        "history": list(history_lines(said.data)),
        "verdict": Verdict(found.verdict).words,
        "standing": standing,
        "out_of_force": standing in (Standing.EXPIRED, Standing.NOT_YET),
        "signer": TrustedKey.objects.filter(key_id=found.signed_by, site=plain_site(found.site)).first(),
        "tests": [(one, Verdict(one.verdict).words if one.verdict else None) for one in tests],
        "may_make": may_make,
        "may_renew": may_make or request.user.may(Action.DEFINE_PROBLEMS),
        "may_decide": request.user.may(Action.DEFINE_PROBLEMS),
        "registrations": _own_registrations(found) if may_make else [],
        "runs": _provable().filter(submission__model_sha256=found.model_sha256) if may_make else [],
        **more,
    }
    return render(request, "pandok/lab/proofs/proof.html", context, status=status)


def _list(request: AccountRequest, *, status: int = 200, **more: object) -> HttpResponse:
    today = timezone.now().astimezone(OFFICE_ZONE).date()
    may_make = request.user.may(Action.MAKE_PROOFS)
    made = ProofRecord.objects.filter(origin=ProofRecord.MADE).values_list("run_id", flat=True)
    open_runs = [one for one in _provable()[:RUNS_SHOWN] if str(one.pk) not in set(made)] if may_make else []
    open_trials = _judged_trials(set(made)) if may_make else []
    context = {
        "proofs": [
            (one, one.statement.title, Verdict(one.verdict).words, standing_of(one, today))
            for one in proofs_visible_to(request.user)[:PROOFS_SHOWN]
        ],
        "may_make": may_make,
        "runs": [(one, Verdict(one.comparison.verdict).words) for one in open_runs],
        "trials": [(one, Verdict(one.report["verdict"]).words) for one in open_trials],
        "keys": TrustedKey.objects.all() if may_make else [],
        **more,
    }
    return render(request, "pandok/lab/proofs/list.html", context, status=status)


def _provable() -> QuerySet[Run]:
    runs = Run.objects.filter(state=RunState.RELEASED.value, part=Part.CONFIRM.value, comparison__isnull=False)
    return runs.select_related("submission", "comparison", "registration__pack").order_by("-ended_at")


def _judged_trials(made: set[str]) -> list[ShadowTrial]:
    judged = ShadowTrial.objects.filter(state__in=[one.value for one in JUDGED]).exclude(report={})
    return [one for one in judged[:RUNS_SHOWN] if str(one.pk) not in made]


def _own_registrations(found: ProofRecord) -> list[LockedRegistration]:
    return list(
        LockedRegistration.objects.filter(pack__problem_id=found.problem_id).exclude(sha256=found.registration_sha256)
    )


def _key() -> SigningKey:
    return site_signing_key(settings().home)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
