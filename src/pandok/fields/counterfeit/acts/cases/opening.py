"""Open a case from a reading: numbered, under the law of the day, with what the officer already entered."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from pandok.common.models import Account
from pandok.common.parties.belonging import site_of
from pandok.common.records.numbering import next_number
from pandok.core.declaration import OF_CASE
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.acts.cases import case_moves
from pandok.fields.counterfeit.law import law_versions as law
from pandok.fields.counterfeit.lists.search import normalised
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import TURN_OF, State, Turn
from pandok.fields.designs.models import ReadingRecord

_SIGNS, _DIGIT = re.compile(r"[-./]"), re.compile(r"\d")


def open_case(
    *,
    reading: ReadingRecord,
    actor: Account,
    now: datetime,
    **declared: str,
) -> Case:
    """The case of this reading's signal; a signal has one case, so that asking again gives the same one. `declared`:
    what was declared of the goods, by its names (`core/declaration`).

    The case stands in "captured" and is led to "read" at once, since the reading is there.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # Two requests for one signal: the second waits here and then finds the case.
            type(reading.signal).objects.select_for_update(no_key=True).get(id=reading.signal_id)
        existing = Case.objects.filter(signal_id=reading.signal_id).first()
        if existing is not None:
            return existing
        today = now.astimezone(OFFICE_ZONE).date()
        case = Case.objects.create(
            number=next_number(str(today.year), width=6, given=Case.objects.values_list("number", flat=True)),
            signal_id=reading.signal_id,
            reading=reading,
            site=site_of(actor),
            officer=actor,
            opened_at=now,
            law_version=law.current_law(today).version,
            state=State.CAPTURED.value,
            state_since=reading.signal.caught_at,
            turn=TURN_OF[State.CAPTURED].value,
            **declared,
            locarno_class=_suggested_class(reading),
        )
        case.words = search_words(case)
        case_moves.begin(case, actor=actor, now=now, data={"signal": str(reading.signal_id), "law": case.law_version})
        case_moves.move(
            case,
            State.READ,
            by=Turn.SYSTEM,
            actor=None,
            reason="판독 결과 도착 · the reading has come",
            now=now,
            data={"reading": str(reading.id), "outcome": reading.outcome},
        )
        return case


def attach_reading(
    *, case: Case, reading: ReadingRecord, actor: Account, now: datetime, reason: str = "다시 판독 · read again"
) -> Case:
    """A newer reading of the same signal takes the place of the one the case rests on. Without a reason of a person it
    says only what happened."""
    with transaction.atomic():
        case = case_moves.locked(case.id)
        case_moves.move(
            case,
            State.READ,
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            kind="read_again",
            data={"reading": str(reading.id), "outcome": reading.outcome},
            changes={**no_choice(case), "reading": reading},
        )
        return case


def no_choice(case: Case) -> dict[str, Any]:
    """What changes where no design is chosen any more: lists and searches no longer name that design nor its holder.

    The history keeps who was chosen; the notices keep whom they went to."""
    case.design = case.holder = None
    return {
        "design": None,
        "holder": None,
        "candidate_rank": None,
        "candidate_probability": None,
        "words": search_words(case),
    }


def attach_newer_reading(*, case: Case, actor: Account, reason: str, now: datetime) -> Case:
    """The newest reading of the photographs; the case stays as it is where it rests on that already."""
    reading = newer_reading(case)
    return attach_reading(case=case, reading=reading, actor=actor, now=now, reason=reason) if reading else case


def newer_reading(case: Case) -> ReadingRecord | None:
    """A later reading of the same photographs that the case does not rest on yet."""
    newest = ReadingRecord.objects.filter(signal_id=case.signal_id).order_by("-read_at").defer("value").first()
    return newest if newest is not None and newest.id != case.reading_id else None


def search_words(case: Case) -> str:
    """What free text search looks at: numbers, names and classes, normalised as `normalised` does queries."""
    parts = [
        case.number,
        *(getattr(case, one.name) for one in OF_CASE if one.searched),
        case.locarno_class,
        case.officer.get_username(),
        case.holder.name if case.holder else "",
        case.importer.name if case.importer else "",
        case.design.design_id if case.design else "",
        case.design.article if case.design else "",
        case.design.registration_number if case.design else "",
    ]
    spoken = normalised(" ".join(part for part in parts if part))
    plain = (_SIGNS.sub("", word) for word in spoken.split() if _SIGNS.search(word) and _DIGIT.search(word))
    return " ".join([spoken, *dict.fromkeys(plain)])


def _suggested_class(reading: ReadingRecord) -> str:
    articles = reading.reading.articles
    return articles[0].locarno_class if articles else ""
