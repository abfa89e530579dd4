"""A school: trainees, a trainer, a course, and a bank of small pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.contrib.auth.models import Group as RoleGroup

from pandok.common.audit.viewing import record_viewing
from pandok.common.models import Account, Site, SiteMember
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.certificates.drawing import draw_form
from pandok.fields.academy.acts.certificates.second_look import look_at_form
from pandok.fields.academy.acts.courses import CourseAsked, make_course
from pandok.fields.academy.acts.sittings.answering import confide, say, show
from pandok.fields.academy.acts.sittings.beginning import begin_sitting
from pandok.fields.academy.kinds import ArticleKind, PictureSet, Said, SittingMode
from pandok.fields.academy.lists.bank import half_of
from pandok.fields.academy.lists.forms import object_of, pictures_of
from pandok.fields.academy.lists.looks import LOOKED
from pandok.fields.academy.models import (
    Article,
    Certificate,
    CertificateForm,
    Course,
    Group,
    GroupMember,
    Picture,
    PictureLook,
    PictureView,
    Shown,
    Sitting,
)
from pandok.fields.academy.states import LessonState
from pandok.readers.xray.planes import packed
from pandok.readers.xray.standard import StandardView
from tests.roles import Role

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
ROWS, COLUMNS = 24, 32
BOX = [4, 4, 12, 12]
MARK: dict[str, Any] = {"view": "1", "box": BOX}
ELSEWHERE: dict[str, Any] = {"view": "1", "box": [20, 14, 28, 22]}


@dataclass
class School:
    blobs: FolderBlobs
    site: Site
    now: datetime = NOON
    people: dict[str, Account] = field(default_factory=dict)
    made: int = 0

    def person(self, role: Any = None, name: str = "") -> Account:
        role = role or Role.TRAINEE
        name = name or role.value
        if name not in self.people:
            account = Account.objects.create_user(name)
            account.groups.add(RoleGroup.objects.get(name=role.value))
            if role.facts.at_site:
                SiteMember.objects.create(account=account, site=self.site)
            self.people[name] = account
        return self.people[name]

    def course(self, **asked: Any) -> Course:
        told: dict[str, Any] = {
            "title_ko": "소포 판독",
            "title_en": "Parcels",
            "seconds": 10,
            "test_pictures": 20,
        } | asked
        return make_course(asked=CourseAsked(**told), actor=self.person(Role.TRAINER), now=self.now)

    def article(
        self,
        kind: ArticleKind = ArticleKind.BLADE,
        set_: PictureSet = PictureSet.TRAINING,
        half: int | None = None,
    ) -> Article:
        """`half`: of the blind tests before and after a course; by chance where nothing is said."""
        self.made += 1
        return Article.objects.create(
            pk=next(one for one in iter(uuid4, None) if half is None or half_of(str(one)) == half),
            name_ko=f"칼 {self.made}",
            name_en=f"Knife {self.made}",
            kind=kind.value,
            set=set_.value,
            source="generator",
            state=LessonState.IN_USE.value,
            state_since=self.now,
            made_at=self.now,
        )

    def picture(self, article: Article | None = None, set_: PictureSet = PictureSet.TRAINING, **more: Any) -> Picture:
        self.made += 1
        picture = Picture.objects.create(
            article=article,
            threat=article is not None and article.kind != ArticleKind.HARMLESS,
            set=set_.value,
            bag=f"bag {self.made}",
            machine_class="cabinet",
            truth=[MARK] if article else [],
            from_generator=True,
            made_at=self.now,
            **{"difficulty_sd": 0.0, **more},
        )
        high = np.full((ROWS, COLUMNS), 0.9, np.float32)
        if article:
            high[4:12, 4:12] = 0.3
        high[0, 0] = 0.5 + 0.4 * (self.made % 100) / 100
        view = StandardView("1", high, high**1.3, np.full_like(high, 0.1))
        planes, preview = self.blobs.put(packed(view.levels())), self.blobs.put(view.preview_jpeg())
        PictureView.objects.create(
            picture=picture,
            position=0,
            name="1",
            rows=ROWS,
            columns=COLUMNS,
            planes=list(view.planes),
            planes_sha256=planes,
            preview_sha256=preview,
            penetration_limit=0.01,
        )
        return picture

    def accept(self, *pictures: Picture) -> None:
        """By a person who made none of them."""
        by = self.person(Role.TRAINER, "second trainer")
        for one in pictures:
            PictureLook.objects.create(picture=one, at=self.now, by=by, accepted=True)

    def bank(
        self, set_: PictureSet = PictureSet.TRAINING, articles: int = 4, each: int = 4, *, accepted: bool = True
    ) -> None:
        """As many harmless pictures, twins of the others; where people are measured with them, a second person accepted
        each. Half of the articles stand in each of the blind tests."""
        for place in range(articles):
            article = self.article(set_=set_, half=place % 2)
            for number in range(each):
                found = self.picture(article, set_, difficulty=-1.5 + 0.5 * (place + number) % 3)
                twin = self.picture(None, set_, twin=found)
                if set_.looked_through and accepted:
                    self.accept(found, twin)

    def begin(self, course: Course, mode: SittingMode = SittingMode.TRAIN, name: str = "", seed: int = 7) -> Sitting:
        return begin_sitting(trainee=self.person(name=name), course_id=course.pk, mode=mode, seed=seed, now=self.now)

    def answer(self, sitting: Sitting, *, right: bool = True, seconds: float = 3, **more: Any) -> bool:
        """Answers the picture that comes next. Gives whether there was one."""
        shown = Shown.objects.filter(sitting=sitting).select_related("picture").first()
        if shown is None:
            return False
        step = {"sitting_id": sitting.pk, "trainee": sitting.trainee, "number": shown.number}
        show(**step, now=self.now)
        self.now += timedelta(seconds=seconds)
        stop = shown.picture.threat is right
        asked: dict[str, Any] = {
            "said": Said.STOP if stop else Said.CLEAR,
            "marks": [MARK] if stop else [],
            "functions": [],
        } | more
        say(**step, **asked, now=self.now)
        self.now += timedelta(seconds=1)
        confide(**step, confidence=4, now=self.now)
        self.now += timedelta(seconds=2)
        return True

    def form(self, course: Course, *, seed: int = 1) -> CertificateForm:
        """Drawn by the trainer, and accepted by another."""
        form = draw_form(course_id=course.pk, actor=self.person(Role.TRAINER), seed=seed, now=self.now)
        self.looked_through(form, self.person(Role.TRAINER, "second trainer"))
        look_at_form(form_id=form.pk, accepted=True, reason="", actor=self.people["second trainer"], now=self.now)
        return form

    def looked_through(self, form: CertificateForm, by: Account) -> None:
        for picture in pictures_of(form):
            for view in picture.views.all():
                record_viewing(account=by, sha256=view.preview_sha256, obj=object_of(form), now=self.now, action=LOOKED)

    def group(self, *names: str) -> Group:
        """Of the trainer."""
        trainer = self.person(Role.TRAINER)
        group = Group.objects.create(name="1반", trainer=trainer, made_at=self.now)
        for name in names:
            GroupMember.objects.create(
                group=group, member=self.person(name=name), reason="봄 과정", since=self.now, added_by=trainer
            )
        return group


@pytest.fixture
def school(db: None, tmp_path: Path) -> School:  # noqa: ARG001
    return School(FolderBlobs(tmp_path / "blobs"), Site.objects.create(code="ICN", name_ko="인천", name_en="Incheon"))


def elsewhere(blobs: FolderBlobs) -> School:
    """At another customs office, with people that no test asks as."""
    site = Site.objects.create(code="FARAWAY", name_ko="다른 세관", name_en="Another office")
    found = School(blobs, site)
    for role, name in ((Role.TRAINEE, "who trains elsewhere"), (Role.TRAINER, "who teaches elsewhere")):
        found.people[role.value] = found.person(role, name)
    return found


def sitting_elsewhere(blobs: FolderBlobs) -> Sitting:
    """With a picture on the screen."""
    school = elsewhere(blobs)
    school.bank(articles=1, each=2)
    sitting = school.begin(school.course())
    show(sitting_id=sitting.pk, trainee=sitting.trainee, number=1, now=school.now)
    return sitting


def drawn_test() -> CertificateForm:
    """At the command line, of no pictures, for a further course; nobody has looked at it."""
    course = Course.objects.create(
        title_ko="시험", title_en="Tested", kind="xray", seconds=10, pass_d_a=1.0, made_at=NOON
    )
    return CertificateForm.objects.create(course=course, number=1, drawn_at=NOON, seed=1, pictures=[])


def waiting_picture(blobs: FolderBlobs) -> Picture:
    """Made at the command line, to measure with; nobody has looked at it."""
    return School(blobs, Site.objects.get(code="FARAWAY")).picture(None, PictureSet.TRANSFER)


def certificate_elsewhere(blobs: FolderBlobs) -> Certificate:
    sitting = sitting_elsewhere(blobs)
    measure = {"slope": 0.6, "d_a": 1.5, "d_a_low": 1.0, "d_a_high": 2.0, "pass_d_a": 0.8}
    counts = {"threats": 60, "hits": 50, "harmless": 60, "false_alarms": 10}
    return Certificate.objects.create(
        number="2026-T-000001",
        sitting=sitting,
        trainee=sitting.trainee,
        issued_at=NOON,
        expires_on=date(2027, 3, 2),
        **measure,
        **counts,
    )
