"""The worker itself issues what events and clocks ask for: nothing between the tables is left untried."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db.models import F

from pandok.common.jobs.work import Work
from pandok.common.jobs.worker import Worker
from pandok.common.models import Delivery, Job
from pandok.engines.mail.folder import FolderMail
from pandok.engines.webhooks.sender import WebhookSender
from pandok.fields.counterfeit.acts.cases.deciding import decide, record_appraisal
from pandok.fields.counterfeit.models import Case, CaseClock, Notice
from pandok.fields.counterfeit.outcomes import Disposition, Finding
from pandok.fields.counterfeit.states import Turn
from tests.fields.counterfeit.cases_fixtures import let_term_pass
from tests.fields.counterfeit.notices_fixtures import NoticeWorld, build_notice_world
from tests.fields.designs.fakes import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def notices(tmp_path: Path) -> NoticeWorld:
    return build_notice_world(tmp_path)


def work_until_empty(notices: NoticeWorld, folder: Path, now: datetime) -> None:
    mail = FolderMail(folder / "mail")
    mail.delivers = True  # as a mail server would
    work = Work(lambda: now, random.Random(1), notices.office.blobs, mail, "desk@pandok.example", WebhookSender())
    Worker("test", work, lease_s=60, alive_folder=folder / "alive").run_until_empty()


def failed_jobs() -> list[tuple[str, str]]:
    return list(Job.objects.exclude(last_error="").values_list("kind", "last_error"))


def test_the_outcome_goes_out_through_the_worker(notices: NoticeWorld, tmp_path: Path) -> None:
    case = notices.notified()
    record_appraisal(
        case=case, finding=Finding.INFRINGES, by=Turn.OFFICER, actor=notices.world.officer, reason="감정", now=NOON
    )
    let_term_pass(case)
    decide(case=case, disposition=Disposition.DESTROYED, actor=notices.world.officer, reason="폐기하기로 함", now=NOON)
    before = Delivery.objects.filter(state="sent").count()
    work_until_empty(notices, tmp_path, NOON + timedelta(seconds=1))
    assert failed_jobs() == []
    assert set(Notice.objects.values_list("template", flat=True)) >= {"outcome_holder", "outcome_importer"}
    assert Delivery.objects.filter(state="sent").count() == Delivery.objects.count() > 0
    assert len(list((tmp_path / "mail").glob("*.eml"))) == Delivery.objects.count() - before


def test_terms_remind_and_expire_through_the_worker(notices: NoticeWorld, tmp_path: Path) -> None:
    case = notices.notified()
    due = CaseClock.objects.get(case=case).due_at
    work_until_empty(notices, tmp_path, due - timedelta(hours=3))
    assert Notice.objects.filter(template="reminder").count() == 1
    Job.objects.filter(run_after__gt=due).update(run_after=F("created_at"))
    work_until_empty(notices, tmp_path, due + timedelta(minutes=10))
    assert failed_jobs() == []
    assert Case.objects.get(id=case.id).state == "lapsed"
    assert Notice.objects.filter(template="clock_expired").exists()
