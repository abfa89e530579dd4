"""Which firms may help with a problem, by what was proven: a stated rule, and a reason in words for each.

A proof that holds in the field of the problem comes first, then one in another field that has the source of its figures
or words in common with the problem, then what was tried in the field without a proof that holds. What has nothing in
common is not named. Within a step: the more reasons first, then the latest, then by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from pandok.core.text import Text
from pandok.engines.alike_statements.shared_words import LEAST_SHARE
from pandok.fields.programme.topics import Topic
from pandok.proof.verdict import Verdict


class Standing(StrEnum):
    """Of the proof of one trial. HOLDS: every KPI was proven, and a certificate says so that was not withdrawn."""

    HOLDS = "holds"
    WITHDRAWN = "withdrawn"
    NOT_CERTIFIED = "not_certified"
    NOT_PROVEN = "not_proven"
    NOT_MEASURED = "not_measured"


class Step(IntEnum):
    PROVEN_IN_FIELD = 1
    PROVEN_ELSEWHERE = 2
    TRIED_IN_FIELD = 3

    @property
    def words(self) -> Text:
        return _STEPS[self]


_STEPS = {
    Step.PROVEN_IN_FIELD: Text(ko="같은 분야에서 입증", en="Proven in the same field"),
    Step.PROVEN_ELSEWHERE: Text(ko="다른 분야에서 입증", en="Proven in another field"),
    Step.TRIED_IN_FIELD: Text(ko="같은 분야에서 실증, 유효한 입증 없음", en="Tried in the field, no proof that holds"),
}


@dataclass(frozen=True)
class Work:
    """A trial that a firm had part in. `key`: of the agreement; `sources`: of the figures of its KPIs."""

    key: str
    firm: str
    topic: Topic
    sources: frozenset[str]
    standing: Standing
    verdict: Verdict | None
    at: datetime


@dataclass(frozen=True)
class Match:
    step: Step
    work: Work
    reasons: tuple[Text, ...]


def standing_of(verdict: Verdict | None, *, certified: bool, withdrawn: bool) -> Standing:
    """`certified`: a certificate of this result is valid; `withdrawn`: one was withdrawn.

    >>> standing_of(Verdict.PROVEN, certified=True, withdrawn=True).value
    'holds'
    >>> standing_of(Verdict.PROVEN, certified=False, withdrawn=True).value
    'withdrawn'
    """
    if verdict is None:
        return Standing.NOT_MEASURED
    if verdict is not Verdict.PROVEN:
        return Standing.NOT_PROVEN
    if certified:
        return Standing.HOLDS
    return Standing.WITHDRAWN if withdrawn else Standing.NOT_CERTIFIED


def matched(
    topic: Topic,
    sources: Iterable[str],
    works: Iterable[Work],
    alike: Mapping[str, float],
    source_words: Mapping[str, Text],
) -> list[Match]:
    """The best of each firm, in the order of the rule. `alike`: by the key of a work, how many of the words of the
    problem that it was about are in common."""
    best: dict[str, Match] = {}
    for work in works:
        found = _match(topic, frozenset(sources), work, alike.get(work.key, 0.0), source_words)
        if found is not None and (work.firm not in best or _order(found) < _order(best[work.firm])):
            best[work.firm] = found
    return sorted(best.values(), key=_order)


def _order(one: Match) -> tuple[int, int, float, str]:
    return one.step, -len(one.reasons), -one.work.at.timestamp(), one.work.firm


def _match(
    topic: Topic, sources: frozenset[str], work: Work, alike: float, source_words: Mapping[str, Text]
) -> Match | None:
    same, shared = work.topic is topic, sorted(sources & work.sources)
    common = [_source(one, source_words) for one in shared] + ([_ALIKE] if alike >= LEAST_SHARE else [])
    if work.standing is Standing.HOLDS:
        if same:
            return Match(Step.PROVEN_IN_FIELD, work, (_PROVEN_HERE, *common))
        if common:
            return Match(Step.PROVEN_ELSEWHERE, work, (_proven_in(work.topic), *common))
        return None
    return Match(Step.TRIED_IN_FIELD, work, (_tried(work), *common)) if same else None


def _source(one: str, words: Mapping[str, Text]) -> Text:
    said = words.get(one, Text(ko=one, en=one))
    return Text(
        ko=f"이 문제와 같은 자료원으로 성과를 쟀습니다: {said.ko}.",
        en=f"Its figures come from the same source as this problem's: {said.en}.",
    )


def _proven_in(topic: Topic) -> Text:
    return Text(
        ko=f"다른 분야에서 입증했고 확인서가 유효합니다: {topic.words.ko}.",
        en=f"It proved a trial in another field, and the certificate holds: {topic.words.en}.",
    )


def _tried(work: Work) -> Text:
    return _TRIED[work.standing] if work.verdict in (None, Verdict.PROVEN) else _came_out(work.verdict)


def _came_out(verdict: Verdict) -> Text:
    return Text(
        ko=f"같은 분야에서 실증했고, 판정은 {verdict.words.ko}입니다.",
        en=f"It tried in the same field; the verdict is: {verdict.words.en}.",
    )


_PROVEN_HERE = Text(
    ko="같은 분야에서 입증했고 확인서가 유효합니다.",
    en="It proved a trial in the same field; the certificate holds.",
)
_ALIKE = Text(
    ko="이 문제와 낱말이 겹치는 문제를 실증했습니다.",
    en="It tried on a problem that shares words with this one.",
)
_TRIED = {
    Standing.WITHDRAWN: Text(
        ko="같은 분야에서 입증했으나 확인서가 취소되었습니다.",
        en="It proved a trial in the same field, but the certificate was withdrawn.",
    ),
    Standing.NOT_CERTIFIED: Text(
        ko="같은 분야에서 입증했으나 아직 확인서가 없습니다.",
        en="It proved a trial in the same field; there is no certificate yet.",
    ),
    Standing.NOT_MEASURED: Text(
        ko="같은 분야에서 실증하고 있으며 아직 마지막 측정이 없습니다.",
        en="It is trying in the same field; nothing final was measured yet.",
    ),
}
