"""A full disk, a clock that is set back, an older backup: no answer is lost unsaid, no test becomes longer."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from pandok.common.audit import writing as audit
from pandok.common.models import AuditEntry
from pandok.fields.academy.acts.sittings.answering import say, show
from pandok.fields.academy.acts.sittings.limit import ends_at
from pandok.fields.academy.kinds import PictureSet, Said, SittingMode
from pandok.fields.academy.models import Shown, Sitting, TrialAnswer
from pandok.fields.academy.states import SittingState
from tests.chosen import Choose
from tests.fields.academy.school import School
from tests.fields.academy.school import school as school
from tests.fields.academy.web.test_console import begun, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def served(school: School, choose: Choose) -> School:
    choose(home=school.blobs.folder.parent)
    school.now = timezone.now()
    school.bank()
    return school


def full(*_: Any, **__: Any) -> None:
    raise OperationalError("database or disk is full")


def sent_again(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def refused_by_the_disk(client: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    client.post(f"{address}next/", {"number": 1})
    with monkeypatch.context() as disk:
        disk.setattr(Shown, "save", full)
        answer = client.post(f"{address}decide/", {"number": 1, "decision": "clear", "marks": "[]"})
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "답은 이 화면에 남아 있고" in page
    assert "Your answer stays on this page" in page
    return sent_again(page)


def test_an_answer_that_a_full_disk_refused_counts_from_when_it_was_given(
    served: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(served)
    address = begun(served, client)
    kept = refused_by_the_disk(client, address, monkeypatch)
    assert (kept["decision"], kept["number"]) == ("clear", "1")
    pressed = timezone.now()
    much_later = pressed + timedelta(minutes=5)  # the time of the picture, ten seconds, is long over
    monkeypatch.setattr(timezone, "now", lambda: much_later)
    assert client.post(f"{address}decide/", kept).status_code == 302
    shown = Shown.objects.get()
    assert shown.said == Said.CLEAR.value
    assert shown.said_at is not None
    assert shown.said_at <= pressed
    client.post(f"{address}confidence/", {"number": 1, "confidence": 4})
    assert TrialAnswer.objects.get().seconds < 10


def test_another_answer_does_not_count_from_then(served: School, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(served)
    address = begun(served, client)
    kept = refused_by_the_disk(client, address, monkeypatch)
    much_later = timezone.now() + timedelta(minutes=5)
    monkeypatch.setattr(timezone, "now", lambda: much_later)
    marks = json.dumps([{"view": "1", "box": [4, 4, 12, 12]}])
    client.post(f"{address}decide/", kept | {"decision": "stop", "marks": marks})
    assert TrialAnswer.objects.get().said == Said.TIMED_OUT.value


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=30)])
def test_a_clock_set_back_during_a_test_makes_it_no_longer_and_no_answer_quicker(
    school: School, back: timedelta
) -> None:
    school.bank(PictureSet.BLIND, articles=12, each=2)
    sitting = school.begin(school.course(), SittingMode.PRETEST)
    assert school.answer(sitting)
    left = _left(sitting, school.now)
    step = {"sitting_id": sitting.pk, "trainee": sitting.trainee, "number": 2}
    show(**step, now=school.now)
    school.now -= back  # while the second picture stands
    school.now += timedelta(seconds=4)
    say(**step, said=Said.CLEAR, marks=[], functions=[], now=school.now)
    shown = Shown.objects.get(sitting=sitting)
    assert shown.said == Said.CLEAR.value
    assert shown.shown_at is not None
    assert shown.said_at is not None
    assert timedelta(0) <= shown.said_at - shown.shown_at <= timedelta(seconds=4)
    assert abs(_left(sitting, school.now) - left) <= timedelta(seconds=4)
    (told,) = AuditEntry.objects.filter(action="sitting.clock_back")
    assert told.details["clock_back_s"] == pytest.approx(back.total_seconds(), abs=5)
    shown.refresh_from_db()
    late = school.now + left + timedelta(seconds=5)
    Shown.objects.filter(sitting=sitting).update(said="", said_at=None, shown_at=None)
    assert show(**step, now=late) is None
    sitting.refresh_from_db()
    assert sitting.stands is SittingState.ENDED


def test_a_clock_that_is_kept_in_step_changes_nothing(school: School) -> None:
    school.bank()
    sitting = school.begin(school.course())
    school.now -= timedelta(seconds=1)
    assert school.answer(sitting)
    begun_at = Sitting.objects.get(pk=sitting.pk).begun_at
    assert begun_at == sitting.begun_at
    assert not AuditEntry.objects.filter(action="sitting.clock_back").exists()


def test_the_ledger_shows_what_a_restored_older_backup_left_out(served: School) -> None:
    client = signed_in(served)
    assert "이전 백업을 복원했습니다" not in client.get("/academy/ledger/").content.decode()
    made_at = (served.now - timedelta(days=3)).isoformat()
    details = {"entries_then": 1, "keys": False, "made_at": made_at}
    audit.tell("command line", "backup.restored", "backup:x", "", served.now, details)
    page = client.get("/academy/ledger/").content.decode()
    assert "이전 백업을 복원했습니다" in page


def _left(sitting: Sitting, now: datetime) -> timedelta:
    end = ends_at(Sitting.objects.select_related("course").get(pk=sitting.pk))
    assert end is not None
    return end - now
