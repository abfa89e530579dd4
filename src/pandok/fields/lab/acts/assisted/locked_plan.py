"""What is drawn and fixed when an assisted trial is locked: its goods, who reads what when, and the readers' codes."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.common.models import Account
from pandok.core.canonical import digest
from pandok.core.lab.assisted_trial import AssistedProtocol, PlannedReading, drawn_order, order_digest, reading_plan
from pandok.fields.counterfeit.acts.learning.case_figures import facts_of
from pandok.fields.counterfeit.models import Case, HolderAnswer, LaterFinding
from pandok.fields.counterfeit.outcomes import Answer
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import State
from pandok.fields.designs.models import ReadingRecord
from pandok.fields.lab.acts.assisted.refusals import refused
from pandok.fields.lab.acts.trials.input_digest import input_digest
from pandok.fields.lab.acts.trials.truths import learned
from pandok.fields.lab.models import AssistedCase, AssistedReading, ShadowTrial


@dataclass(frozen=True)
class Goods:
    """A closed case, its reading, and the design that it is known to show, "" for none."""

    case: Case
    reading: ReadingRecord
    truth: str


@dataclass(frozen=True)
class Drawn:
    goods: tuple[Goods, ...]
    readers: dict[str, Account]
    """By code."""
    order: tuple[PlannedReading, ...]
    cases_sha256: str

    @property
    def order_sha256(self) -> str:
        return order_digest(self.order)


def draw(plan: AssistedProtocol, *, seed: bytes) -> Drawn:
    """Raises RequestError for readers who may not read, and where too few goods are known."""
    accounts = {one.get_username(): one for one in Account.objects.filter(username__in=plan.readers, is_active=True)}
    if len(accounts) < len(plan.readers) or not all(one.may(Action.WORK_CASES) for one in accounts.values()):
        raise refused("reader")
    goods = eligible(plan, list(accounts.values()))
    if len(goods) < plan.planned_n:
        raise refused("few_goods", known=len(goods), planned=plan.planned_n)
    by_id = {str(one.case.id): one for one in goods}
    chosen = tuple(by_id[key] for key in drawn_order(seed, "goods", sorted(by_id))[: plan.planned_n])
    codes = [f"R{number}" for number in range(1, len(accounts) + 1)]
    readers = dict(zip(codes, (accounts[name] for name in drawn_order(seed, "readers", sorted(accounts))), strict=True))
    order = tuple(reading_plan(seed, readers=codes, cases=len(chosen), rounds=plan.rounds))
    return Drawn(chosen, readers, order, goods_digest(seed, [(input_digest(one.reading), one.truth) for one in chosen]))


def goods_digest(seed: bytes, goods: list[tuple[str, str]]) -> str:
    """Of input and truth of each case. The seed keeps the few possible truths from being guessed."""
    return digest({"seed": seed.hex(), "goods": [list(one) for one in goods]})


def eligible(plan: AssistedProtocol, readers: list[Account]) -> list[Goods]:
    """Closed cases with a known truth, that no reader caught, read or decided on."""
    cases = (
        Case.objects.filter(state=State.CLOSED.value, opened_at__date__gte=plan.goods_since, reading__isnull=False)
        .exclude(officer__in=readers)
        .exclude(reading__actor__in=readers)
        .exclude(signal__actor__in=readers)
        .exclude(events__actor__in=readers)
        .select_related("reading", "signal", "design")
        .distinct()
    )
    answers: dict[object, list[Answer]] = {}
    for case_id, answer in HolderAnswer.objects.order_by("at", "id").values_list("case_id", "answer"):
        answers.setdefault(case_id, []).append(Answer(answer))
    later = {one.case_id: one for one in LaterFinding.objects.select_related("design")}
    found = []
    for case in cases:
        said = answers.get(case.id, [])
        truth = learned(facts_of(case, said, bool(said), later.get(case.id)), first_choice="")
        if truth.known and case.reading is not None:
            found.append(Goods(case, case.reading, truth.design_id))
    return found


def keep(trial: ShadowTrial, drawn: Drawn) -> None:
    """Inside the transaction that locks the trial."""
    cases = [
        AssistedCase.objects.create(
            trial=trial,
            number=number,
            desk_case=one.case,
            reading=one.reading,
            input_sha256=input_digest(one.reading),
            truth=one.truth,
        )
        for number, one in enumerate(drawn.goods)
    ]
    AssistedReading.objects.bulk_create(
        AssistedReading(
            trial=trial,
            case=cases[one.case],
            reader=drawn.readers[one.reader],
            code=one.reader,
            round=one.round,
            place=one.place,
            arm=one.arm.value,
        )
        for one in drawn.order
    )
