"""How hard pictures are, from the answers of many: what was guessed from the picture gives way to what people did.

Only the first answer of a person to a picture counts, and none to an article that came back because it was missed: who
was shown the answer says nothing of how hard it was. Abilities are taken as those of the standard scale, N(0, 1), and
the criterion as nobody's own (`pandok.proof.ability.calibrating`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction
from django.db.models import Max

from pandok.common.audit import writing as audit
from pandok.fields.academy.models import Picture, PictureCalibration, TrialAnswer
from pandok.proof.ability.calibrating import calibrated

LEAST_PEOPLE = 30
"""Of a picture: fewer say less than the picture itself."""
LEAST_PICTURES, LEAST_ANSWERS = 10, 5
"""Without so many pictures, and so many answers of a person to them, hard pictures and weak readers are one."""
LOOKED_BACK = timedelta(days=730)


@dataclass(frozen=True)
class Calibrated:
    """`pictures`: that have a new difficulty; `people`: whose answers it stands on."""

    pictures: int
    people: int


def calibrate_pictures(*, now: datetime) -> Calibrated:
    """Of every picture that more people answered than its newest difficulty stands on. Called twice, or by two at once,
    it writes once."""
    answers = _first_answers(now)
    pictures, people = _enough(answers)
    if not pictures or not _newer(pictures):
        return Calibrated(0, 0)
    place = {key: at for at, key in enumerate(pictures)}
    row = {key: at for at, key in enumerate(people)}
    table = np.full((len(people), len(pictures)), np.nan)
    for (person, picture), stopped in answers.items():
        if person in row and picture in place:
            table[row[person], place[picture]] = float(stopped)
    found = calibrated(table)
    with transaction.atomic():
        # Whoever calibrates at the same moment waits here, and finds these written.
        list(Picture.objects.select_for_update(no_key=True).filter(pk__in=pictures).order_by("pk").values_list("pk"))
        changed = _newer(pictures)
        PictureCalibration.objects.bulk_create(
            PictureCalibration(
                picture_id=key,
                at=now,
                people=pictures[key],
                slope=float(found.slope[place[key]]),
                difficulty=float(found.difficulty[place[key]]),
                difficulty_sd=float(found.difficulty_sd[place[key]]),
            )
            for key in changed
        )
        if changed:
            details = {"pictures": len(changed), "people": len(people)}
            audit.tell(None, "academy.calibrated", "picture_bank:all", "", now, details)
    return Calibrated(len(changed), len(people) if changed else 0)


def _first_answers(now: datetime) -> dict[tuple[int, str], bool]:
    """(person, picture) → stopped. A threat that timed out was missed."""
    rows = TrialAnswer.objects.filter(threat=True, answered_at__gt=now - LOOKED_BACK, answered_at__lte=now)
    found: dict[tuple[int, str], bool] = {}
    for person, picture, said, returns in (
        rows.order_by("answered_at", "id").values_list("trainee_id", "picture_id", "said", "returns").iterator()
    ):
        if not returns:
            found.setdefault((person, str(picture)), said == "stop")
    return found


def _enough(answers: dict[tuple[int, str], bool]) -> tuple[dict[str, int], list[int]]:
    """Pictures, each with how many people answered it, and the people: those are left out, again and again, that have
    too few answers of the other."""
    left = set(answers)
    while True:
        of_picture: dict[str, int] = {}
        of_person: dict[int, int] = {}
        for person, picture in left:
            of_picture[picture] = of_picture.get(picture, 0) + 1
            of_person[person] = of_person.get(person, 0) + 1
        kept = {
            (person, picture)
            for person, picture in left
            if of_picture[picture] >= LEAST_PEOPLE and of_person[person] >= LEAST_ANSWERS
        }
        if len(kept) == len(left):
            break
        left = kept
    if len(of_picture) < LEAST_PICTURES:
        return {}, []
    return dict(sorted(of_picture.items())), sorted(of_person)


def _newer(pictures: dict[str, int]) -> list[str]:
    """Those that more people answered than before."""
    rows = (
        PictureCalibration.objects.filter(picture_id__in=list(pictures)).values("picture").annotate(most=Max("people"))
    )
    known = {str(row["picture"]): row["most"] for row in rows}
    return [key for key, people in pictures.items() if people > known.get(key, 0)]
