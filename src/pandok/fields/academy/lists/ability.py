"""Ability and criterion of one person now, from their last answers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

from pandok.common.models import Account
from pandok.fields.academy.kinds import Said
from pandok.fields.academy.models import PictureCalibration, Sitting, TrialAnswer
from pandok.proof.ability.answers import Answer, HarmlessItem, ThreatItem
from pandok.proof.ability.estimating import Estimate, Posterior

LAST_ANSWERS = 200
"""Ability is that of now, not of a year ago."""
_KEPT = 400
_POSTERIORS: OrderedDict[str, tuple[int, Posterior]] = OrderedDict()
"""Of sittings that are under way, so that each answer is added once; whoever does not find it here computes it anew."""


def recent_answers(trainee: Account) -> list[TrialAnswer]:
    """The last ones, oldest first."""
    rows = TrialAnswer.objects.filter(trainee=trainee).select_related("picture").order_by("-answered_at", "-id")
    return list(rows[:LAST_ANSWERS])[::-1]


def as_answers(rows: Iterable[TrialAnswer]) -> list[Answer]:
    """For estimating. A threat that timed out was missed; a harmless picture that timed out says nothing."""
    kept = list(rows)
    known = _calibrated(kept)
    return [Answer(_item(row, known), row.stopped) for row in kept if row.threat or row.said != Said.TIMED_OUT]


def ability_of(rows: Sequence[TrialAnswer]) -> Estimate:
    posterior = Posterior()
    for answer in as_answers(rows):
        posterior.add(answer)
    return posterior.estimate()


def ability_in(sitting: Sitting) -> Estimate:
    """For choosing the next picture: the person's last answers."""
    key = str(sitting.pk)
    kept = _POSTERIORS.pop(key, None)
    count, posterior = kept or (0, Posterior())
    rows = sitting.answers.select_related("picture").filter(number__gt=count).order_by("number")
    if kept is None:
        rows_before = TrialAnswer.objects.filter(trainee=sitting.trainee_id).exclude(sitting=sitting)
        before = rows_before.select_related("picture").order_by("-answered_at", "-id")[:LAST_ANSWERS]
        for answer in as_answers(before):
            posterior.add(answer)
    new = list(rows)
    for answer in as_answers(new):
        posterior.add(answer)
    _POSTERIORS[key] = (new[-1].number if new else count, posterior)
    while len(_POSTERIORS) > _KEPT:
        _POSTERIORS.popitem(last=False)
    return posterior.estimate()


def _calibrated(rows: Sequence[TrialAnswer]) -> dict[Any, PictureCalibration]:
    """The newest calibration of each picture that has one."""
    ids = {row.picture_id for row in rows if row.threat}
    return {one.picture_id: one for one in PictureCalibration.objects.filter(picture__in=ids).order_by("at")}


def _item(row: TrialAnswer, known: dict[Any, PictureCalibration]) -> ThreatItem | HarmlessItem:
    picture = row.picture
    if not row.threat:
        return HarmlessItem(picture.innocence)
    found = known.get(picture.pk)
    if found is not None:
        return ThreatItem(found.slope, found.difficulty, found.difficulty_sd)
    return ThreatItem(picture.slope, picture.difficulty, picture.difficulty_sd)
