"""Was everything kept? Registration, goods, order, help and answers, against seed and audit chain."""

from __future__ import annotations

from collections.abc import Iterator

from pandok.common.models import AuditEntry
from pandok.core.errors import StoreError
from pandok.core.lab.assisted_trial import Arm, PlannedReading, Rounds, order_digest, reading_plan
from pandok.core.lab.commitment import keeps, seed_promise
from pandok.fields.lab.acts.assisted.locked_plan import goods_digest
from pandok.fields.lab.acts.assisted.prepared_help import HELPED
from pandok.fields.lab.acts.assisted.reader_steps import ANSWERED, answer_digest
from pandok.fields.lab.acts.trials.sealing import opened_answer
from pandok.fields.lab.acts.trials.trial_faults import Fault
from pandok.fields.lab.models import AssistedAnswer, AssistedOpening, AssistedReading, ShadowTrial


def assisted_faults(trial: ShadowTrial) -> list[Fault]:
    """Of an opened trial."""
    return [*_locked(trial), *_help(trial), *_answers(trial)]


def _locked(trial: ShadowTrial) -> Iterator[Fault]:
    registration, plan = trial.locked, trial.assisted
    entries = AuditEntry.objects.filter(object=f"trial:{trial.id}", action="trial.registered")
    told = [one.details.get("registration") for one in entries]
    if registration.sha256 != trial.registration_sha256 or told != [trial.registration_sha256]:
        yield Fault("registration")
    seed = bytes.fromhex(trial.seed_opened)
    if seed_promise(seed) != registration.seed_sha256:
        yield Fault("seed")
    cases = trial.assisted_cases.order_by("number")
    if goods_digest(seed, list(cases.values_list("input_sha256", "truth"))) != registration.cases_sha256:
        yield Fault("goods")
    drawn = reading_plan(seed, readers=plan.readers, cases=plan.planned_n, rounds=plan.rounds)
    kept = [
        PlannedReading(one.code, one.round, one.place, one.case.number, Arm(one.arm))
        for one in trial.readings.select_related("case")
    ]
    place = {code: number for number, code in enumerate(plan.readers)}
    kept.sort(key=lambda one: (place.get(one.reader, -1), one.round, one.place))
    if not order_digest(drawn) == order_digest(kept) == registration.order_sha256:
        yield Fault("order")


def _help(trial: ShadowTrial) -> Iterator[Fault]:
    told = {
        one.details.get("case"): (one.sequence, one.details.get("commitment"))
        for one in AuditEntry.objects.filter(object=f"trial:{trial.id}", action=HELPED)
    }
    first = AssistedOpening.objects.filter(reading__trial=trial).order_by("audit_sequence").first()
    for case in trial.assisted_cases.select_related("help"):
        one = getattr(case, "help", None)
        if one is None or told.get(case.number) != (one.audit_sequence, one.commitment):
            yield Fault("chain", str(case.number))
            continue
        try:
            output, salt = opened_answer(one.sealed)
        except StoreError:
            yield Fault("not_opened", str(case.number))
            continue
        if not keeps(one.commitment, output, salt):
            yield Fault("commitment", str(case.number))
        if first is not None and one.audit_sequence > first.audit_sequence:
            yield Fault("help_late", str(case.number))


def _answers(trial: ShadowTrial) -> Iterator[Fault]:
    told = {
        one.details.get("reading"): (one.sequence, one.details.get("answer"))
        for one in AuditEntry.objects.filter(object=f"trial:{trial.id}", action=ANSWERED)
    }
    alone: dict[tuple[str, int], int] = {}
    answers = AssistedAnswer.objects.filter(reading__trial=trial).select_related("reading__case")
    for one in answers:
        if told.get(str(one.reading_id)) != (one.audit_sequence, answer_digest(one.reading, one.design_id)):
            yield Fault("answer", str(one.reading_id))
        if one.reading.arm == Arm.UNAIDED.value:
            alone[(one.reading.code, one.reading.case.number)] = one.audit_sequence
    if len(told) > len(answers):
        yield Fault("answer")
    if trial.assisted.rounds is Rounds.SEQUENTIAL:
        aided = AssistedReading.objects.filter(trial=trial, arm=Arm.AIDED.value, opening__isnull=False)
        for reading in aided.select_related("case", "opening"):
            locked_at = alone.get((reading.code, reading.case.number))
            if locked_at is None or locked_at > reading.opening.audit_sequence:
                yield Fault("help_early", str(reading.pk))
