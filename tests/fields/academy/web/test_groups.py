"""A trainer's groups: members with a reason, what they keep missing, courses with a day; nobody sees another's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.models import AuditEntry, Site
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.academy.lists.groups import repeated_by
from pandok.fields.academy.models import Course, CourseAssigned, Group, GroupMember, Sitting, TrialAnswer
from tests.fields.academy.finds import article_in_use, kept_picture
from tests.fields.xray.hall import Hall
from tests.roles import Role

pytestmark = pytest.mark.django_db


def signed_in(hall: Hall, role: Role, name: str = "", site: Site | None = None) -> Client:
    client = Client()
    client.force_login(hall.person(role, name, site))
    return client


def group_made(client: Client, name: str = "신규 판독관") -> Group:
    assert client.post("/academy/groups/", {"name": name}).status_code == 302
    return Group.objects.get(name=name)


def test_members_come_and_go_with_a_reason_and_a_closed_group_holds_nobody(served: Hall) -> None:
    trainer = signed_in(served, Role.TRAINER)
    served.person(Role.TRAINEE, "kim")
    assert trainer.post("/academy/groups/", {"name": "  "}).status_code == 422
    group = group_made(trainer)
    page = f"/academy/groups/{group.pk}/"
    assert trainer.post(page + "members/", {"username": "kim", "reason": ""}).status_code == 422
    assert trainer.post(page + "members/", {"username": "nobody", "reason": "신규 임용자"}).status_code == 422
    assert trainer.post(page + "members/", {"username": "kim", "reason": "신규 임용자"}).status_code == 302
    assert trainer.post(page + "members/", {"username": "kim", "reason": "신규 임용자"}).status_code == 422
    member = GroupMember.objects.get()
    assert trainer.post(page + f"members/{member.pk}/end/", {"reason": "전보"}).status_code == 422
    assert trainer.post(page + f"members/{member.pk}/end/", {"reason": "다른 세관으로 전보"}).status_code == 302
    member.refresh_from_db()
    assert member.until is not None
    assert "다른 세관으로 전보" in trainer.get(page).content.decode()
    assert trainer.post(page + "members/", {"username": "kim", "reason": "다시 편성함"}).status_code == 302
    assert trainer.post(page + "close/", {"reason": "과정이 끝났음"}).status_code == 302
    assert not GroupMember.objects.filter(until=None).exists()
    assert trainer.post(page + "members/", {"username": "kim", "reason": "또 편성함"}).status_code == 422
    told = list(
        AuditEntry.objects.filter(object=f"academy_group:{group.pk}")
        .order_by("sequence")
        .values_list("action", flat=True)
    )
    assert told.count("group.member_ended") == 2
    assert "group.closed" in told


def test_nobody_sees_another_trainers_group_or_adds_somebody_of_another_site(served: Hall) -> None:
    group = group_made(signed_in(served, Role.TRAINER, "one"))
    other = signed_in(served, Role.TRAINER, "two")
    page = f"/academy/groups/{group.pk}/"
    assert other.get(page).status_code == 404
    assert other.post(page + "members/", {"username": "two", "reason": "보고 싶어서"}).status_code == 404
    assert "신규 판독관" not in other.get("/academy/groups/").content.decode()
    for role in (Role.TRAINEE, Role.SCAN_SUPERVISOR, Role.AUDITOR):
        assert signed_in(served, role, f"a {role.value}").get(page).status_code == 403
    elsewhere = Site.objects.create(code="PUS", name_ko="부산", name_en="Busan")
    served.person(Role.TRAINEE, "far", elsewhere)
    own = signed_in(served, Role.TRAINER, "one")
    assert own.post(page + "members/", {"username": "far", "reason": "다른 세관 사람"}).status_code == 422
    # Who does not train in the academy is nobody's trainee.
    served.person(Role.AUDITOR, "auditor")
    assert own.post(page + "members/", {"username": "auditor", "reason": "감사 담당자"}).status_code == 422


def test_a_course_is_assigned_until_a_day_that_is_still_to_come(served: Hall) -> None:
    trainer = signed_in(served, Role.TRAINER)
    group = group_made(trainer)
    course = Course.objects.create(title_ko="기초", title_en="Basics", kind="xray", seconds=8, made_at=served.now)
    today = timezone.now().astimezone(OFFICE_ZONE).date()
    address = f"/academy/groups/{group.pk}/courses/"
    past = {"course": str(course.pk), "due_on": (today - timedelta(days=1)).isoformat()}
    assert trainer.post(address, past).status_code == 422
    assert trainer.post(address, {"course": str(course.pk), "due_on": "0000-99-99"}).status_code == 422
    assert trainer.post(address, past | {"due_on": today.isoformat(), "note": "분기 교육"}).status_code == 302
    assert CourseAssigned.objects.get().due_on == today
    assert "분기 교육" in trainer.get(f"/academy/groups/{group.pk}/").content.decode()


def test_what_a_group_repeats_counts_misses_while_each_was_a_member(served: Hall) -> None:
    trainer = signed_in(served, Role.TRAINER)
    group = group_made(trainer)
    now = timezone.now()
    member, stranger = served.person(Role.TRAINEE, "kim"), served.person(Role.TRAINEE, "lee")
    GroupMember.objects.create(
        group=group, member=member, reason="편성", since=now - timedelta(days=2), added_by=group.trainer
    )
    article = article_in_use(now, "칼 7")
    picture = kept_picture(served.blobs, now, article)
    course = Course.objects.create(title_ko="기초", title_en="Basics", kind="xray", seconds=8, made_at=now)

    def answered(who: object, number: int, said: str, days_ago: float) -> None:
        at = now - timedelta(days=days_ago)
        sitting, _ = Sitting.objects.get_or_create(
            trainee=who,
            state="ended",
            defaults={
                "course": course,
                "mode": "train",
                "state_since": at,
                "begun_at": at,
                "touched_at": at,
                "seed": 1,
            },
        )
        TrialAnswer.objects.create(
            sitting=sitting,
            number=number,
            trainee=who,
            picture=picture,
            article=article,
            threat=True,
            shown_at=at,
            said_at=at,
            answered_at=at,
            said=said,
            located=said == "stop",
        )

    answered(member, 1, "clear", 1)
    answered(member, 2, "timed_out", 1)
    answered(member, 3, "stop", 1)
    answered(member, 4, "clear", 5)  # before the membership
    answered(stranger, 1, "clear", 1)
    (found,) = repeated_by(group, now)
    assert (found.article, found.shown, found.missed, found.people) == (article, 3, 2, 1)
    assert found.interval[0] < 2 / 3 < found.interval[1]
    page = trainer.get(f"/academy/groups/{group.pk}/").content.decode()
    assert "칼 7" in page
    assert "lee" not in page
