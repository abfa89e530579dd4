"""An application: a draft loses nothing, what is submitted is whole, in time, there once, and stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from pandok.common.models import Account, AuditEntry, Party
from pandok.common.parties.still_running import still_running
from pandok.core.errors import PandokError
from pandok.core.programme.consortium import MemberSaid
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.programme.acts.applications.application_files import MOST_FILES, add_file, drop_file
from pandok.fields.programme.acts.applications.applying import (
    begin_application,
    save_application,
    submit_application,
    withdraw_application,
)
from pandok.fields.programme.acts.calls.announcing import cancel_call
from pandok.fields.programme.acts.files_in_use import files_in_use
from pandok.fields.programme.application_text import lacking_for_submission
from pandok.fields.programme.lists.applications import applications_visible_to, as_submitted
from pandok.fields.programme.models import CallApplication
from tests.fields.programme.bidding import (
    ANSWERS,
    CLOSES,
    NUMBERS,
    OPENS,
    PDF,
    SAID,
    applicant,
    begun,
    published_call,
    submitted,
)
from tests.fields.programme.office import NOON, WHY, person
from tests.roles import Role

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)


def refused(act: Any, *args: Any, **said: Any) -> str:
    with pytest.raises(PandokError) as error:
        act(*args, **said)
    return str(error.value.error_code)


def members(*rows: tuple[str, str, str]) -> tuple[MemberSaid, ...]:
    return tuple(MemberSaid(*row) for row in rows)


LEAD = ("가온센서", NUMBERS[0], "60")


@pytest.mark.parametrize(
    ("rows", "lacking"),
    [
        ((), ["there is no lead"]),
        ((("", "", ""), LEAD), ["there is no lead"]),
        ((LEAD, ("나래", NUMBERS[1], "40")), []),
        ((LEAD, ("나래", NUMBERS[1], "39.99")), ["the shares do not come to 100 %"]),
        ((LEAD, ("나래", NUMBERS[1], "40.01")), ["the shares do not come to 100 %"]),
        ((LEAD, ("나래", NUMBERS[0], "40")), ["Member 1: the same registration number stands twice"]),
        ((LEAD, ("나래", "000-00-00016", "40")), ["Member 1: that is no business registration number"]),
        ((LEAD, ("", NUMBERS[1], "40")), ["Member 1: the name is missing"]),
        ((LEAD, ("나래", NUMBERS[1], "-40")),
         ["Member 1: a share is above 0 and up to 100, with two decimals at most"]),
        ((("가온", NUMBERS[0], "100"), ("나래", NUMBERS[1], "0")),
         ["Member 1: a share is above 0 and up to 100, with two decimals at most"]),
        ((("가온", NUMBERS[0], "33.34%"), ("나", NUMBERS[1], "33.33"), ("다", NUMBERS[2], "33.33")), []),
    ],
)  # fmt: skip
def test_shares_come_to_the_whole_and_numbers_have_their_form(
    rows: tuple[tuple[str, str, str], ...], lacking: list[str]
) -> None:
    said = replace(SAID, members=members(*rows))
    assert [one.en for one in lacking_for_submission(said, "public_demand")] == lacking


def test_a_draft_keeps_what_is_not_right_yet_and_is_not_submitted_with_it() -> None:
    made = begun()
    who = made.made_by
    wrong = replace(
        SAID, members=members(("가온센서", "아직 모름", "예순")), answers=ANSWERS | {"plan": "", "unknown": "x"}
    )
    kept = save_application(made.pk, wrong, actor=who, now=NOON)
    assert (kept.members[0]["number"], kept.members[0]["share"]) == ("아직 모름", "예순")
    assert "unknown" not in kept.answers
    assert refused(submit_application, made.pk, actor=who, now=NOON) == "application.lacking"
    long = replace(SAID, answers=ANSWERS | {"plan": "가" * 5001})
    assert refused(save_application, made.pk, long, actor=who, now=NOON) == "application.too_long"
    many = replace(SAID, members=members(*[LEAD] * 11))
    assert refused(save_application, made.pk, many, actor=who, now=NOON) == "application.too_long"
    made.refresh_from_db()
    assert (made.state, made.members[0]["number"]) == ("draft", "아직 모름")


def test_the_deadline_is_kept_to_the_microsecond() -> None:
    call = published_call()
    who = applicant()
    assert refused(begin_application, call.pk, actor=who, now=OPENS - TICK) == "application.not_open"
    made = begin_application(call.pk, actor=who, now=OPENS)
    save_application(made.pk, SAID, actor=who, now=CLOSES)
    for act, more in (
        (save_application, {"said": SAID}), (submit_application, {}), (withdraw_application, {"reason": WHY}),
    ):  # fmt: skip
        assert refused(act, made.pk, actor=who, now=CLOSES + TICK, **more) == "application.not_open"
    submit_application(made.pk, actor=who, now=CLOSES)
    assert refused(withdraw_application, made.pk, reason=WHY, actor=who, now=CLOSES + TICK) == "application.not_open"
    other = applicant("다른 기업")
    assert refused(begin_application, call.pk, actor=other, now=CLOSES + TICK) == "application.not_open"
    cancelled = published_call()
    waiting = begun(call=cancelled)
    cancel_call(cancelled.pk, reason=WHY, actor=person(Role.PROGRAMME_MANAGER), now=NOON)
    assert refused(submit_application, waiting.pk, actor=who, now=NOON) == "application.not_open"


def test_it_is_submitted_once_with_a_receipt_and_stays_as_it_was(tmp_path: Path) -> None:
    made, blobs = begun(), FolderBlobs(tmp_path)
    who = made.made_by
    add_file(made.pk, data=PDF, filename="../제안서.pdf", actor=who, now=NOON, blobs=blobs)
    save_application(made.pk, SAID, actor=who, now=NOON)
    done = submit_application(made.pk, actor=who, now=NOON)
    assert refused(submit_application, made.pk, actor=who, now=NOON) == "application.no_such_way"
    assert refused(save_application, made.pk, SAID, actor=who, now=NOON) == "application.no_such_way"
    more = {"actor": who, "now": NOON}
    assert refused(add_file, made.pk, data=PDF, filename="x.pdf", blobs=blobs, **more) == "application.no_such_way"
    file = done.files.get()
    assert refused(drop_file, made.pk, file.pk, **more) == "application.no_such_way"
    assert (done.number, len(done.sha256), file.filename) == ("2026-AP-000001", 64, "제안서.pdf")
    assert AuditEntry.objects.get(action="call-application.submitted").details["sha256"] == done.sha256
    assert as_submitted(CallApplication.objects.get(pk=done.pk))
    for changed in (
        {"title": "바꾼 이름"}, {"members": []}, {"answers": {}}, {"party_name": "다른 이름"},
        {"submitted_at": NOON - timedelta(days=1)},
    ):  # fmt: skip
        with transaction.atomic():
            CallApplication.objects.filter(pk=done.pk).update(**changed)
            assert not as_submitted(CallApplication.objects.get(pk=done.pk)), changed
            transaction.set_rollback(True)
    done.files.update(filename="다른 이름.pdf")
    assert not as_submitted(CallApplication.objects.get(pk=done.pk))


def test_a_firm_applies_once_and_again_only_after_withdrawing() -> None:
    call, first = published_call(), applicant()
    colleague = applicant(name="second of the firm")
    made = begin_application(call.pk, actor=first, now=NOON)
    assert begin_application(call.pk, actor=colleague, now=NOON) == made
    save_application(made.pk, SAID, actor=colleague, now=NOON)
    submit_application(made.pk, actor=first, now=NOON)
    assert begin_application(call.pk, actor=first, now=NOON) == made
    with pytest.raises(IntegrityError), transaction.atomic():
        CallApplication.objects.create(
            number="x", call=call, party=made.party, state="draft", state_since=NOON, made_by=first, made_at=NOON,
            saved_at=NOON,
        )  # fmt: skip
    withdraw_application(made.pk, reason=WHY, actor=colleague, now=NOON)
    again = begin_application(call.pk, actor=first, now=NOON)
    assert again != made
    nobody = person(Role.SUBMITTER, "of no firm")
    assert refused(begin_application, call.pk, actor=nobody, now=NOON) == "application.no_firm"


def test_who_sees_an_application_and_when() -> None:
    made = submitted()
    draft = begun("다른 기업", call=made.call)
    own, other = made.made_by, draft.made_by
    later = CLOSES + TICK
    for moment in (NOON, later):
        assert list(applications_visible_to(own, moment)) == [made]
        assert list(applications_visible_to(other, moment)) == [draft]
    insiders = (Role.PROGRAMME_OFFICE, Role.PROGRAMME_MANAGER, Role.COMMITTEE_MEMBER, Role.AUDITOR)
    for role in insiders:
        assert list(applications_visible_to(person(role), CLOSES)) == []
        assert list(applications_visible_to(person(role), later)) == [made]
    for role in Role:
        if role not in insiders:
            assert list(applications_visible_to(person(role, f"{role.value} at large"), later)) == [], role
    stranger = applicant("남의 기업")
    for act, more in (
        (save_application, {"said": SAID}), (submit_application, {}), (withdraw_application, {"reason": WHY}),
    ):  # fmt: skip
        assert refused(act, made.pk, actor=stranger, now=NOON, **more) == "application.not_there"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document.empty"),
        (b"%PDF-1.7 cut off", "document.cut_off"),
        (b"MZ\x90\x00 a program", "document.type"),
        (b"PK\x03\x04 a workbook", "document.type"),
        (b"<html><script>alert(1)</script>", "document.type"),
        (b"GIF89a", "document.type"),
        (b"%PDF-" + b"0" * 20_000_001, "document.too_large"),
    ],
)
def test_hostile_files_are_refused_and_nothing_is_kept(data: bytes, code: str, tmp_path: Path) -> None:
    made, blobs = begun(), FolderBlobs(tmp_path)
    who = {"actor": made.made_by, "now": NOON, "blobs": blobs}
    assert refused(add_file, made.pk, data=data, filename="제안서.pdf", **who) == code
    assert list(blobs.names()) == []
    assert made.files.count() == 0


def test_files_are_counted_named_harmlessly_and_held_by_retention(tmp_path: Path) -> None:
    made, blobs = begun(), FolderBlobs(tmp_path)
    who = {"actor": made.made_by, "now": NOON}
    names = ["../../etc/passwd", "a\u202efdp.exe", "con.pdf"]
    for place in range(MOST_FILES):
        data = PDF.replace(b"%%EOF", f"%{place}\n%%EOF".encode())
        add_file(made.pk, data=data, filename=names[place % 3], blobs=blobs, **who)
        add_file(made.pk, data=data, filename="again.pdf", blobs=blobs, **who)
    assert made.files.count() == MOST_FILES
    assert refused(add_file, made.pk, data=PDF, filename="x", blobs=blobs, **who) == "application.too_many_files"
    found = list(made.files.values_list("filename", "sha256"))
    assert {name for name, _ in found} == {"passwd.pdf", "afdp.exe.pdf", "_con.pdf"}
    assert {one.sha256 for one in files_in_use({sha256 for _, sha256 in found})} == {sha256 for _, sha256 in found}
    first = made.files.first()
    assert first is not None
    drop_file(made.pk, first.pk, **who)
    assert refused(drop_file, made.pk, first.pk, **who) == "application.no_file"


def test_a_renamed_or_retired_firm_stays_as_it_applied() -> None:
    made = submitted()
    Party.objects.filter(pk=made.party_id).update(name="새이름센서", active=False)
    again = CallApplication.objects.get(pk=made.pk)
    assert (again.party_name, as_submitted(again)) == ("가온센서", True)
    assert list(applications_visible_to(made.made_by, NOON)) == []
    assert list(applications_visible_to(person(Role.AUDITOR), CLOSES + TICK)) == [again]
    assert refused(withdraw_application, made.pk, reason=WHY, actor=made.made_by, now=NOON) == "application.not_there"
    with pytest.raises(Exception, match=r"(?i)protect"):
        Party.objects.get(pk=made.party_id).delete()


def test_a_firm_with_an_application_under_way_is_not_left_alone() -> None:
    made = submitted()
    assert [one.en for one in still_running(made.party)] == [f"application {made.number} to a call"]
    withdraw_application(made.pk, reason=WHY, actor=made.made_by, now=NOON)
    assert still_running(made.party) == []
    assert Account.objects.filter(party_memberships__party=made.party).exists()
