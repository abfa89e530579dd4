"""Challenges in pages: written, announced, teamed up for; the board is the lab's, the public sees nothing private."""

from __future__ import annotations

import html
import json

import pytest
from django.test import Client

from pandok.fields.lab.models import Run
from pandok.fields.programme.acts.challenges.leading import withdraw_challenge
from pandok.fields.programme.acts.challenges.teaming import make_join_word
from pandok.fields.programme.cli.challenges import challenges
from pandok.fields.programme.lists.challenge_board import boards_of
from pandok.fields.programme.models import Challenge, ChallengeJoinWord, ChallengeTeam
from pandok.fields.programme.web.shown.challenge_facts import challenge_shown
from tests.fields.programme.challenging import (
    END,
    FIRST,
    LAST,
    TICK,
    announced_challenge,
    begins_in,
    confirmed,
    drafted_challenge,
    handed_in,
    locked_problem,
    opened_challenge,
    published_challenge,
    said,
    team_of,
)
from tests.fields.programme.office import NOON, WHY, person
from tests.roles import Role
from tests.world import Site


def _key(team: ChallengeTeam) -> str:
    return str(team.members.first().organisation)


def test_a_challenge_goes_from_its_form_to_everybody_and_a_team_joins(site: Site) -> None:
    office, submitter = site.client(Role.PROGRAMME_OFFICE), site.client(Role.SUBMITTER)
    sent = vars(said())
    refused = office.post("/programme/challenges/new/", sent | {"phases": "아무 때나 | any time"})
    assert refused.status_code == 422
    assert [one for one in ("아무 때나 | any time", sent["text_ko"]) if one not in html.unescape(
        refused.content.decode())] == []  # fmt: skip
    answer = office.post("/programme/challenges/new/", sent)
    made = Challenge.objects.get()
    page = f"/programme/challenges/{made.pk}/"
    assert answer.headers["Location"] == page
    begins_in(made, 7)
    assert made.number not in Client().get("/challenges/").content.decode()
    assert Client().get(f"/challenges/{made.number}/").status_code == submitter.get(page).status_code == 404
    assert office.post(f"{page}step/", {"act": "announce", "reason": ""}).status_code == 422
    assert office.post(f"{page}step/", {"act": "announce", "reason": WHY}).status_code == 302
    assert office.post(f"{page}step/", {"act": "open", "reason": WHY}).status_code == 422
    assert office.post(f"{page}step/", {"act": "nothing"}).status_code == 302
    assert made.number in Client().get("/challenges/").content.decode()
    assert submitter.post(f"{page}teams/", {"name": ""}).status_code == 422
    answer = submitter.post(f"{page}teams/", {"name": "푸른 팀"})
    team = ChallengeTeam.objects.get()
    within = f"/programme/teams/{team.pk}/"
    assert answer.headers["Location"] == within
    shown = submitter.post(f"{within}word/").content.decode()
    assert "지금만 보입니다" in shown
    assert ChallengeJoinWord.objects.get().word_sha256 not in shown
    assert "지금만 보입니다" not in submitter.get(within).content.decode()
    assert submitter.post(f"{page}join/", {"word": "틀린 말"}).status_code == 422
    assert submitter.post(f"{within}leave/").status_code == 302
    assert submitter.get(within).status_code == 404


def test_ranks_are_the_ladders_and_verdicts_show_only_once_published(site: Site) -> None:  # noqa: ARG001
    challenge = announced_challenge()
    first, second, third = (team_of(challenge, one) for one in ("가온센서", "나래전자", "다온기술"))
    opened_challenge(challenge)
    challenge.refresh_from_db()
    handed_in(first.made_by, _key(first), FIRST - TICK, 0.99)
    handed_in(first.made_by, _key(first), FIRST, 0.7)
    handed_in(first.made_by, _key(first), LAST - TICK, 0.9, improved=False)
    handed_in(second.made_by, _key(second), LAST - TICK, 0.8)
    hidden = handed_in(third.made_by, _key(third), FIRST, 0.95)
    Run.objects.filter(pk=hidden.pk).update(state="awaiting_release")
    confirmed(second.made_by, _key(second), LAST)
    (board,) = boards_of(challenge, LAST - TICK)
    assert [(one.team, one.place, one.shown) for one in board.lines] == [
        (second.name, 1, 0.8), (first.name, 2, 0.7), (third.name, None, None),
    ]  # fmt: skip
    assert [one.verdict for board in boards_of(challenge, END) for one in board.lines] == [None] * 6
    at = f"/challenges/{challenge.number}/"
    assert "차이와 구간" not in Client().get(at).content.decode()
    published_challenge(challenge)
    page = html.unescape(Client().get(at).content.decode())
    for words in (first.name, second.name, "<b>입증</b>", "현행과의 차이와 구간", " ~ ", "기준선: 현행 업무"):
        assert words in page
    challenge.refresh_from_db()
    told = [one for one in boards_of(challenge, END)[1].lines if one.verdict]
    assert [(one.team, one.verdict) for one in told] == [(second.name, "proven")]


def test_a_problem_without_a_table_has_no_ranks(site: Site) -> None:  # noqa: ARG001
    locked_problem(leaderboard=False)
    challenge = announced_challenge()
    team = team_of(challenge)
    opened_challenge(challenge)
    challenge.refresh_from_db()
    handed_in(team.made_by, _key(team), FIRST, 0.7)
    assert [one.place for one in boards_of(challenge, FIRST)[0].lines] == [None]
    page = Client().get(f"/challenges/{challenge.number}/").content.decode()
    assert "공개 순위표가 없어" in page
    assert team.name in page
    assert ">순위</th>" not in page
    assert "사다리(Ladder)" not in page


def test_the_public_page_shows_nothing_private(site: Site) -> None:
    challenge, draft = announced_challenge(), drafted_challenge(title_ko="아직 예고하지 않은 경진")
    team = team_of(challenge, name="푸른 팀")
    word = make_join_word(team.pk, actor=team.made_by, now=NOON)
    opened_challenge(challenge)
    pages = [Client().get(at).content.decode() for at in ("/challenges/", f"/challenges/{challenge.number}/")]
    challenge.refresh_from_db()
    assert challenge_shown(challenge, FIRST)["clock_at"] is not None
    pages.append(site.client(Role.SUBMITTER).get(f"/programme/challenges/{challenge.pk}/").content.decode())
    assert "푸른 팀" in pages[1]
    told = (
        draft.title_ko, draft.number, WHY, word, ChallengeJoinWord.objects.get().word_sha256, team.organisation,
        team.made_by.username, challenge.made_by.username, _key(team), challenge.pack.owner.username,
    )  # fmt: skip
    assert [one for one in told for page in pages if one in page] == []
    assert site.client(Role.PROGRAMME_OFFICE).get(f"/programme/teams/{team.pk}/").status_code == 403
    why = "과제의 계획을 다시 세우기로 함"
    withdraw_challenge(challenge.pk, reason=why, actor=person(Role.PROGRAMME_OFFICE), now=FIRST)
    page = Client().get(f"/challenges/{challenge.number}/").content.decode()
    assert why in page
    assert "푸른 팀" not in page
    challenge.refresh_from_db()
    assert challenge_shown(challenge, FIRST)["clock_at"] is None


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_speak_both_languages(site: Site, language: str) -> None:
    challenge = begins_in(announced_challenge(), -1)
    team_of(begins_in(announced_challenge(), 3), "나래전자")
    client = site.client(Role.PROGRAMME_OFFICE)
    page = client.get(f"/programme/challenges/{challenge.pk}/", headers={"accept-language": language}).content.decode()
    assert {"ko": "경진 열기", "en": "Open the challenge"}[language] in page
    assert {"ko": "소포 무게 읽기", "en": "Reading the weight of parcels"}[language] in page


def test_programs_are_told_the_same(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    challenge = announced_challenge()
    team = team_of(challenge)
    opened_challenge(challenge)
    handed_in(team.made_by, _key(team), FIRST, 0.7)
    confirmed(team.made_by, _key(team), FIRST)
    asks, at = site.client(Role.SUBMITTER), f"/api/v1/programme/challenges/{challenge.pk}"
    listed = asks.get("/api/v1/programme/challenges").json()["items"]
    assert [(one["number"], one["state"], len(one["phases"])) for one in listed] == [(challenge.number, "open", 2)]
    line = asks.get(at).json()["boards"][0]["lines"][0]
    assert line == {"team": team.name, "rank": 1, "shown": 0.7, "verdict": None, "interval": None}
    published_challenge(challenge)
    line = asks.get(at).json()["boards"][0]["lines"][0]
    assert (line["verdict"], len(line["interval"])) == ("proven", 2)
    challenges(in_json=True)
    told = json.loads(capsys.readouterr().out)
    assert [(one["number"], one["state"]) for one in told] == [(challenge.number, "published")]
    challenges()
    assert capsys.readouterr().out.split()[:3] == [challenge.number, "결과", "공개"]
