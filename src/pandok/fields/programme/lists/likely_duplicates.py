"""Problems that may say the same, offered before a further one is added: those of the field first, by meaning, and
those of other fields that share words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from pandok.common.models import Account
from pandok.engines.alike_statements.korean import KoreanWords, korean_words
from pandok.engines.alike_statements.meaning import Meanings
from pandok.engines.alike_statements.shared_words import LEAST_SHARE, KnownStatements
from pandok.fields.programme.lists.problems import problems_visible_to
from pandok.fields.programme.models import FieldProblem, ProblemEvent
from pandok.fields.programme.problem_text import ProblemSaid
from pandok.fields.programme.states import ProblemState

OF_FIELD, OF_OTHERS = 4, 2
"""So many are offered at most."""
LOOKED_AT = 300
"""So many are looked at for who may see them, and by meaning."""
LOOKED_BACK = 200
"""Events that are read again each time."""
_GONE = (ProblemState.MERGED.value, ProblemState.WITHDRAWN.value)


class _Register:
    """The statements of the register in this process, brought up to date by what happened since."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: KnownStatements[UUID] = KnownStatements()
        self._seen = 0

    def nearest(self, statement: str, *, besides: frozenset[UUID]) -> list[tuple[UUID, float]]:
        with self._lock:
            self._catch_up()
            found = self._known.nearest(statement, count=LOOKED_AT, besides=besides)
        return [(one.key, one.share) for one in found]

    def _catch_up(self) -> None:
        last = ProblemEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        # Who ends a transaction later may have the smaller key; to say the same again costs nothing.
        happened = ProblemEvent.objects.filter(pk__gt=min(self._seen, last) - LOOKED_BACK).values("problem")
        columns = ("pk", "title", "who_suffers", "decision")
        for key, *words in FieldProblem.objects.filter(pk__in=happened).values_list(*columns).iterator():
            self._known.say(key, " ".join(words))
        self._seen = last


_REGISTER = _Register()


def likely_duplicates(
    said: ProblemSaid,
    *,
    account: Account,
    besides: UUID | None = None,
    korean: Callable[[], KoreanWords] = korean_words,
) -> list[FieldProblem]:
    """Of those that this account may see; merged and withdrawn ones are none. besides: the problem itself."""
    itself = frozenset([besides] if besides else [])
    near = dict(_REGISTER.nearest(said.statement, besides=itself))
    shown = problems_visible_to(account).exclude(state__in=_GONE)
    found = {one.pk: one for one in shown.filter(pk__in=list(near))}
    ordered = [found[key] for key in near if key in found]
    of_field = shown.filter(topic=said.topic).exclude(pk__in=itself).order_by("-proposed_at")[:LOOKED_AT]
    ordered = _by_meaning(said, list({one.pk: one for one in (*ordered, *of_field)}.values()), korean())
    same = [one for one in ordered if one.topic == said.topic][:OF_FIELD]
    others = [one for one in ordered if one.topic != said.topic and near.get(one.pk, 0.0) >= LEAST_SHARE][:OF_OTHERS]
    return [*same, *others]


def _by_meaning(said: ProblemSaid, problems: Sequence[FieldProblem], reader: KoreanWords) -> list[FieldProblem]:
    words: list[list[Any]] = [list(reader.words(one.said.statement)) for one in problems]
    meanings = Meanings(words, [one.topic for one in problems], reader.likeness)
    near = meanings.nearest(list(reader.words(said.statement)), said.topic, count=len(problems))
    return [problems[one.place] for one in near]
