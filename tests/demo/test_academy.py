"""The demonstration's academy: pictures, a course and a group; called again it adds nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pandok.common.models import Account
from pandok.common.people.accounts import ensure_demo_accounts
from pandok.demo.academy import PAST_COURSE, SITTINGS, ensure_demo_academy
from pandok.demo.parties import ensure_demo_parties
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.sittings.beginning import begin_sitting
from pandok.fields.academy.kinds import SittingMode
from pandok.fields.academy.models import Course, GroupMember, Picture, Sitting
from pandok.fields.academy.states import SittingState

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_it_is_there_once(tmp_path: Path) -> None:
    ensure_demo_accounts(NOON)
    ensure_demo_parties(NOON)
    blobs = FolderBlobs(tmp_path / "blobs")
    assert ensure_demo_academy(blobs=blobs, clock=lambda: NOON, pictures=4) == 4
    assert ensure_demo_academy(blobs=blobs, clock=lambda: NOON, pictures=4) == 0
    assert (Picture.objects.count(), Course.objects.count(), GroupMember.objects.count()) == (4, 2, 2)
    past = Sitting.objects.filter(trainee__username="demo-scan-reader")
    assert {one.state for one in past} == {SittingState.ENDED.value}
    assert past.count() == SITTINGS
    assert all(one.answers.count() for one in past)
    # Beside each stands that it is simulated, and nobody begins another.
    assert {one.course.title.en for one in past} == {PAST_COURSE.title_en}
    assert Course.objects.get(title_ko=PAST_COURSE.title_ko).closed_at == NOON
    # Who sits down today has every picture before them.
    assert max(one.touched_at for one in past) < NOON - timedelta(days=15)
    trainee = Account.objects.get(username="demo-trainee")
    assert begin_sitting(
        trainee=trainee, course_id=Course.objects.get(closed_at=None).pk, mode=SittingMode.TRAIN, seed=1, now=NOON
    ).shown
