"""Questions, answers, corrections, notices: who may write which, and that nothing goes without a trace."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.common.models import AuditEntry, Delivery
from pandok.core.errors import RequestError
from pandok.fields.programme.acts.challenges.leading import withdraw_challenge
from pandok.fields.programme.acts.challenges.teaming import leave_team
from pandok.fields.programme.acts.community import noticing, posting
from pandok.fields.programme.acts.community.correcting import correct_rules
from pandok.fields.programme.lists.community import open_questions
from pandok.fields.programme.models import CommunityPost
from pandok.fields.programme.post_text import MOST_A_DAY, POST
from tests.fields.programme.challenging import announced_challenge, drafted_challenge, team_of
from tests.fields.programme.discussing import (
    NOTICE,
    QUESTION,
    answered,
    asked,
    drafted_notice,
    holder,
    published_notice,
    replied,
)
from tests.fields.programme.office import NOON, WHY, person
from tests.roles import Role

pytestmark = pytest.mark.django_db


def _refused(code: str, act: object, *args: object, **kwargs: object) -> None:
    with pytest.raises(RequestError) as refused:
        act(*args, **kwargs)  # type: ignore[operator]  # whatever act is under test
    assert refused.value.error_code == code


def test_a_question_is_asked_replied_to_and_answered_officially() -> None:
    challenge = announced_challenge()
    team = team_of(challenge, name="푸른 팀")
    question = asked(challenge, by=team.made_by)
    reply, answer = replied(question), answered(question)
    told = [(one.kind, one.role, one.team_id) for one in (question, reply, answer)]
    assert told == [
        ("question", "submitter", team.pk), ("reply", "holder", None), ("answer", "programme-office", None),
    ]  # fmt: skip
    assert [one.number for one in (question, reply, answer)] == ["2026-QA-000001", "2026-QA-000002", "2026-QA-000003"]
    entries = AuditEntry.objects.filter(object=f"community-post:{question.pk}")
    assert [one.action for one in entries] == ["community-post.shown"]
    _refused("post.no_question", answered, reply)
    _refused("post.not_official", answered, question, by=holder())


def test_who_is_near_the_sealed_data_speaks_officially_or_not_at_all() -> None:
    challenge = announced_challenge()
    question = asked(challenge)
    owner, office = challenge.pack.owner, person(Role.PROGRAMME_OFFICE)
    other_office = person(Role.PROGRAMME_OFFICE, "another of the office")
    for near in (owner, office, other_office, challenge.pack.deposit.deposited_by):
        _refused("post.near", asked, challenge, "누가 무엇을 묻습니까?", by=near)
        _refused("post.near", replied, question, by=near)
    first = answered(question, by=office)
    assert first.kind == "answer"
    _refused("post.answered_already", answered, question, "맞습니다, 그렇습니다.", by=owner)
    posting.hide(first.pk, reason=WHY, actor=other_office, now=NOON)
    assert answered(question, "맞습니다, 그렇습니다.", by=owner).role == "field-owner"
    _refused("post.answered_already", posting.show_again, first.pk, reason=WHY, actor=office, now=NOON)
    _refused("post.not_official", answered, question, by=person(Role.EVALUATOR, "who brought nothing in"))
    assert not posting.may_answer(owner, None)
    _refused("post.sealed", asked, challenge, "봉인된 것은 몇 건입니까?", nothing_sealed=False)
    assert CommunityPost.objects.count() == 3


@pytest.mark.parametrize(
    ("address", "active", "told"), [("asker@example.com", True, 1), ("", True, 0), ("a@b.kr", False, 0)]
)
def test_who_asked_is_told_of_an_official_answer_alone(address: str, active: bool, told: int) -> None:
    asker = holder()
    question = asked(by=asker)
    asker.email, asker.is_active = address, active
    asker.save()
    replied(question, by=person(Role.IMPORTER))
    assert not Delivery.objects.exists()
    made = answered(question)
    mails = Delivery.objects.filter(key=f"question-answered-{made.pk}")
    assert mails.count() == Delivery.objects.count() == told
    for one in mails:
        assert one.recipient == address
        assert all(
            words in one.body_text for words in (QUESTION, made.text, f"/community/questions/#{question.number}")
        )
        assert made.made_by.username not in one.body_text
    own = asked(text="사무국이 스스로 묻습니다", by=made.made_by)
    answered(own, "스스로 답합니다.", by=made.made_by)
    assert Delivery.objects.count() == told


def test_open_questions_are_listed_and_one_is_answered_at_the_command_line(tmp_path: Path) -> None:
    challenge = announced_challenge()
    general, of_challenge = asked(), asked(challenge, "경진은 언제 끝납니까?")
    hidden = asked(text="숨길 질문입니다")
    office = person(Role.PROGRAMME_OFFICE)
    posting.hide(hidden.pk, reason=WHY, actor=office, now=NOON)
    listed = CliRunner().invoke(app, ["programme", "questions", "--json"])
    told = [(one["number"], one["challenge"]) for one in json.loads(listed.stdout)]
    assert told == [(general.number, None), (of_challenge.number, challenge.number)]
    words = tmp_path / "answer.txt"
    words.write_text("8월에 끝납니다.", encoding="utf-8")
    command = ["programme", "answer", of_challenge.number, "--text", str(words), "--by", office.username]
    unsaid = CliRunner().invoke(app, command)
    assert (unsaid.exit_code, "[post.sealed]" in unsaid.stderr) == (2, True)
    done = CliRunner().invoke(app, [*command, "--nothing-sealed"])
    assert done.exit_code == 0, done.output + done.stderr
    assert of_challenge.answers.get().text == "8월에 끝납니다."
    twice = CliRunner().invoke(app, [*command, "--nothing-sealed"])
    assert (twice.exit_code, "[post.answered_already]" in twice.stderr) == (2, True)
    assert [one.number for one in open_questions()] == [general.number]
    withdraw_challenge(challenge.pk, reason=WHY, actor=office, now=NOON)
    posting.withdraw(of_challenge.answers.get().pk, actor=office, now=NOON)
    assert [one.number for one in open_questions()] == [general.number]


def test_a_post_is_taken_back_or_hidden_and_never_deleted() -> None:
    question = asked()
    _refused("post.not_yours", posting.withdraw, question.pk, actor=person(Role.SUBMITTER), now=NOON)
    posting.withdraw(question.pk, actor=question.made_by, now=NOON)
    _refused("post.no_such_way", posting.withdraw, question.pk, actor=question.made_by, now=NOON)
    _refused("post.no_question", replied, question)
    _refused("post.no_question", answered, question)
    office, other = person(Role.PROGRAMME_OFFICE), asked(text="다른 것을 물어봅니다")
    _refused("request.reason", posting.hide, other.pk, reason="", actor=office, now=NOON)
    posting.hide(other.pk, reason=WHY, actor=office, now=NOON)
    _refused("post.no_such_way", posting.withdraw, other.pk, actor=other.made_by, now=NOON)
    posting.show_again(other.pk, reason=WHY, actor=office, now=NOON)
    assert [one.to_state for one in other.events.all()] == ["shown", "hidden", "shown"]
    assert [one.actor for one in other.events.all()] == [other.made_by, office, office]
    question.refresh_from_db()
    assert (question.text, question.state) == (QUESTION, "withdrawn")


def test_what_is_empty_too_long_twice_or_too_much_is_refused() -> None:
    for text in ("", "????", "가" * (POST + 1), "\u202e\u200b"):
        _refused("post.text", asked, text=text)
    asked(text="줄\u202e 하나\r\n둘\x07")
    assert CommunityPost.objects.get().text == "줄 하나\n둘"
    _refused("post.said_already", asked, text="줄 하나\n둘")
    for number in range(MOST_A_DAY - 1):
        asked(text=f"물음 {number}번")
    _refused("post.too_many", asked, text="하나 더 물어봅니다")
    asked(text="하나 더 물어봅니다", now=NOON + timedelta(days=1))
    assert asked(text="다른 사람이 물어봅니다", by=person(Role.IMPORTER)).role == "importer"


def test_a_correction_goes_to_the_members_of_all_teams_and_stands() -> None:
    challenge, office = announced_challenge(), person(Role.PROGRAMME_OFFICE)
    first, second, gone = (team_of(challenge, one) for one in ("가온센서", "나래전자", "다온기술"))
    for place, one in enumerate((first, second, gone)):
        one.made_by.email = f"team{place}@example.com"
        one.made_by.save()
    leave_team(gone.pk, actor=gone.made_by, now=NOON)
    sha256 = challenge.sha256
    made, told = correct_rules(
        challenge.pk, text_ko="무게는 kg으로 냅니다.", text_en="Weights are in kg.", actor=office, now=NOON
    )
    mails = Delivery.objects.filter(key__startswith="challenge-correction-")
    assert told == 2
    assert {one.recipient for one in mails} == {"team0@example.com", "team1@example.com"}
    assert all("kg으로" in one.body_text and "Weights are in kg" in one.body_text for one in mails)
    challenge.refresh_from_db()
    assert challenge.sha256 == sha256
    _refused("post.correction_stands", posting.withdraw, made.pk, actor=office, now=NOON)
    _refused("post.correction_stands", posting.hide, made.pk, reason=WHY, actor=office, now=NOON)
    _refused("post.text", correct_rules, challenge.pk, text_ko="무게", text_en="", actor=office, now=NOON)


def test_what_is_not_announced_or_withdrawn_is_not_discussed() -> None:
    draft, challenge = drafted_challenge(), announced_challenge()
    question = asked(challenge)
    withdraw_challenge(challenge.pk, reason=WHY, actor=person(Role.PROGRAMME_OFFICE), now=NOON)
    challenge.refresh_from_db()
    for one in (draft, challenge):
        _refused("post.closed", asked, one, "아직 됩니까?")
        _refused(
            "post.closed", correct_rules, one.pk, text_ko="고칩니다", text_en="Put right",
            actor=person(Role.PROGRAMME_OFFICE), now=NOON,
        )  # fmt: skip
    question.refresh_from_db()
    _refused("post.closed", answered, question)


def test_a_notice_is_altered_as_a_draft_alone() -> None:
    office, made = person(Role.PROGRAMME_OFFICE), drafted_notice()
    _refused(
        "programme_notice.words", noticing.alter_notice, made.pk, NOTICE | {"text_en": " "}, actor=office, now=NOON
    )
    noticing.alter_notice(made.pk, NOTICE | {"title_ko": "가을 공모 설명회"}, actor=office, now=NOON)
    assert made.events.get(sequence=2).wording["title_ko"] == NOTICE["title_ko"]
    shown = published_notice()
    _refused("programme_notice.no_such_way", noticing.alter_notice, shown.pk, NOTICE, actor=office, now=NOON)
    noticing.withdraw_notice(shown.pk, reason=WHY, actor=office, now=NOON)
    _refused("programme_notice.no_such_way", noticing.publish_notice, shown.pk, reason=WHY, actor=office, now=NOON)
