"""The ledger of outcomes: of an agreement, of all; counted by kind alone, and as a table for the national report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from pandok.common.models import Account
from pandok.core.text import Text
from pandok.fields.programme.lists.agreements import agreements_visible_to
from pandok.fields.programme.models import Agreement, Outcome
from pandok.fields.programme.outcome_kinds import UNITS, OutcomeKind
from pandok.fields.programme.outcome_refusals import refusal

COLUMNS: tuple[tuple[str, Text], ...] = (
    ("number", Text(ko="성과번호", en="number")),
    ("agreement", Text(ko="협약번호", en="agreement")),
    ("project", Text(ko="과제명", en="project")),
    ("kind", Text(ko="성과구분", en="kind")),
    ("title", Text(ko="성과명", en="title")),
    ("registration", Text(ko="출원·등록번호", en="registration")),
    ("happened_on", Text(ko="발생일", en="day")),
    ("figure", Text(ko="수치", en="figure")),
    ("unit", Text(ko="단위", en="unit")),
    ("share_percent", Text(ko="기여율(%)", en="share_percent")),
    ("source", Text(ko="출처", en="source")),
    ("owner", Text(ko="소유기관", en="owner")),
    ("maker", Text(ko="수행기관", en="maker")),
    ("licence", Text(ko="이용허락", en="licence")),
    ("state_right", Text(ko="국가의 권리", en="state_right")),
    ("territory", Text(ko="지역", en="territory")),
    ("expires_on", Text(ko="만료일", en="expires_on")),
    ("evidence_sha256", Text(ko="증빙 sha256", en="evidence_sha256")),
)
"""Of the table out. Which columns the national R&D report asks for changes by year and ministry: these are ours."""


@dataclass(frozen=True)
class Counted:
    """Checked outcomes of one kind. `figure` None: it is counted in pieces."""

    kind: OutcomeKind
    pieces: int
    figure: float | None
    unit: Text | None


def outcomes_visible_to(account: Account) -> QuerySet[Outcome]:
    shown = Outcome.objects.filter(agreement__in=agreements_visible_to(account))
    return shown.select_related("agreement", "entered_by", "check_made__checked_by")


def outcome_for(account: Account, outcome_id: UUID) -> Outcome:
    """Raises RequestError: outcome.not_there."""
    found = outcomes_visible_to(account).filter(pk=outcome_id).first()
    if found is None:
        raise refusal("not_there")
    return found


def outcomes_of(agreement: Agreement) -> QuerySet[Outcome]:
    return Outcome.objects.filter(agreement=agreement).select_related("entered_by", "check_made__checked_by")


def counted(outcomes: QuerySet[Outcome]) -> list[Counted]:
    """Each kind by itself: pieces of unlike kinds, money and people have no sum. Only what another person checked."""
    held = outcomes.filter(check_made__holds=True).order_by().values("kind")
    found = {one["kind"]: one for one in held.annotate(pieces=Count("pk"), figure=Sum("figure"))}
    return [
        Counted(kind, found[kind]["pieces"], found[kind]["figure"] if kind.effect else None, UNITS.get(kind))
        for kind in OutcomeKind
        if kind.value in found
    ]


def table(outcomes: Iterable[Outcome], language: str) -> list[tuple[str, ...]]:
    """Rows in the order of `COLUMNS`, of what another person checked."""
    return [
        (
            one.number,
            one.agreement.number,
            one.agreement.title,
            OutcomeKind(one.kind).words.in_language(language),
            one.title,
            one.registration,
            one.happened_on.isoformat(),
            "" if one.figure is None else f"{one.figure:.15g}",
            UNITS[OutcomeKind(one.kind)].in_language(language) if OutcomeKind(one.kind) in UNITS else "",
            f"{one.share_percent:.15g}",
            one.source,
            one.owner,
            one.maker,
            one.licence,
            one.state_right,
            one.territory,
            one.expires_on.isoformat() if one.expires_on else "",
            one.sha256,
        )
        for one in outcomes
    ]
