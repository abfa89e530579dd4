"""What is said in public, in pages: shown at once, without names; hidden text nowhere; hostile text as text."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from pandok.fields.programme.acts.community import posting
from pandok.fields.programme.acts.community.correcting import correct_rules
from pandok.fields.programme.models import CommunityPost, ProgrammeNotice
from tests.fields.programme.bidding import applicant
from tests.fields.programme.challenging import announced_challenge, drafted_challenge, team_of
from tests.fields.programme.discussing import NOTICE, QUESTION, answered, asked, drafted_notice, replied
from tests.fields.programme.office import NOON, WHY, person
from tests.roles import Role
from tests.world import Site

HOSTILE = '<script>alert("x")</script> {{ 7|add:7 }} https://evil.example'


def _read(at: str, client: Client | None = None, **headers: str) -> str:
    return (client or Client()).get(at, headers=headers or None).content.decode()


def test_a_question_is_asked_on_the_page_and_answered_officially(site: Site) -> None:
    challenge = announced_challenge()
    holder, office = site.client(Role.HOLDER), site.client(Role.PROGRAMME_OFFICE)
    page, public = f"/programme/challenges/{challenge.pk}/discussion/", f"/challenges/{challenge.number}/discussion/"
    refused = holder.post(f"/programme/challenges/{challenge.pk}/ask/", {"text": QUESTION})
    assert refused.status_code == 422
    assert QUESTION in html.unescape(refused.content.decode())
    sent = {"text": QUESTION, "nothing_sealed": "on"}
    assert holder.post(f"/programme/challenges/{challenge.pk}/ask/", sent).headers["Location"] == page
    made = CommunityPost.objects.get()
    assert holder.post(f"/programme/posts/{made.pk}/answer/", sent | {"act": "answer"}).status_code == 422
    answer = {"text": "kg으로 내십시오.", "nothing_sealed": "on", "act": "answer"}
    assert office.post(f"/programme/posts/{made.pk}/answer/", answer).status_code == 302
    shown = _read(public)
    for words in (QUESTION, "kg으로 내십시오.", "공식 답변", "권리자", made.number):
        assert words in shown
    assert '질문과 답변 <span class="number">1</span>' in _read(f"/challenges/{challenge.number}/")
    assert QUESTION in _read("/community/")
    draft = drafted_challenge()
    assert Client().get(f"/challenges/{draft.number}/discussion/").status_code == 404
    assert office.get(f"/programme/challenges/{draft.pk}/discussion/").status_code == 404


def test_nobody_reads_names_or_what_was_hidden_or_taken_back(site: Site) -> None:
    challenge = announced_challenge()
    team = team_of(challenge, name="푸른 팀")
    kept, gone, bad = (asked(challenge, f"{one} 물음입니다", by=team.made_by) for one in ("남은", "거둔", "숨긴"))
    replied(kept, "참가자가 한 답")
    posting.withdraw(gone.pk, actor=team.made_by, now=NOON)
    posting.hide(bad.pk, reason="남을 헐뜯는 글", actor=person(Role.PROGRAMME_OFFICE), now=NOON)
    at = f"/programme/challenges/{challenge.pk}/discussion/"
    for page in (_read(f"/challenges/{challenge.number}/discussion/"), _read(at, site.client(Role.HOLDER))):
        assert [one for one in ("거둔 물음", "숨긴 물음", team.made_by.username) if one in page] == []
        for words in ("남은 물음", "팀 푸른 팀", "참가자가 한 답", "남을 헐뜯는 글", "글쓴이가 거둠", "사업단이 숨김"):
            assert words in page
    for page in (_read("/community/"), _read("/community/questions/")):
        assert [one for one in ("거둔 물음", "숨긴 물음", "가온센서") if one in page] == []
    inside = _read(at, site.client(Role.PROGRAMME_OFFICE))
    assert [one for one in ("거둔 물음", "숨긴 물음", team.made_by.username) if one not in inside] == []
    api = site.client(Role.HOLDER).get("/api/v1/programme/questions", {"challenge": str(challenge.pk)}).json()["items"]
    assert {one["number"]: one["text"] for one in api} == {
        kept.number: "남은 물음입니다", gone.number: None, bad.number: None,
    }  # fmt: skip
    assert site.client(Role.HOLDER).post(f"/programme/posts/{bad.pk}/answer/").status_code == 404


def test_hostile_text_is_text(site: Site) -> None:
    question = asked(None, HOSTILE)
    answered(question, HOSTILE)
    for client, at in (
        (Client(), "/community/questions/"),
        (site.client(Role.PROGRAMME_OFFICE), "/programme/questions/"),
    ):
        page = _read(at, client)
        assert "<script>alert" not in page
        assert page.count("&lt;script&gt;alert") >= 2
        assert "{{ 7|add:7 }}" in page
        assert 'href="https://evil' not in page


def test_a_correction_stands_above_the_rules_for_everybody(site: Site) -> None:
    challenge, office = announced_challenge(), site.client(Role.PROGRAMME_OFFICE)
    at = f"/programme/challenges/{challenge.pk}/correct/"
    assert office.post(at, {"text_ko": "무게는 kg으로", "text_en": ""}).status_code == 422
    assert office.post(at, {"text_ko": "무게는 kg으로", "text_en": "Weights in kg"}).status_code == 302
    page = _read(f"/challenges/{challenge.number}/")
    assert page.index("무게는 kg으로") < page.index(challenge.text_ko)
    assert "Weights in kg" in _read(f"/challenges/{challenge.number}/", **{"accept-language": "en"})
    assert site.client(Role.EVALUATOR).post(at, {"text_ko": "다른 것", "text_en": "Another"}).status_code == 403


def test_a_notice_goes_from_its_form_to_everybody_and_is_withdrawn_in_view(site: Site) -> None:
    office = site.client(Role.PROGRAMME_OFFICE)
    assert office.post("/programme/notices/", NOTICE | {"text_en": ""}).status_code == 422
    answer = office.post("/programme/notices/", NOTICE)
    made = ProgrammeNotice.objects.get()
    at, public = f"/programme/notices/{made.pk}/", f"/community/notices/{made.number}/"
    assert answer.headers["Location"] == at
    assert Client().get(public).status_code == 404
    assert office.post(f"{at}alter/", NOTICE | {"title_ko": "고친 제목"}).status_code == 302
    assert office.post(f"{at}step/", {"act": "publish", "reason": ""}).status_code == 422
    assert office.post(f"{at}step/", {"act": "publish", "reason": WHY}).status_code == 302
    assert office.post(f"{at}step/", {"act": "nothing"}).status_code == 302
    assert "고친 제목" in _read("/community/")
    assert NOTICE["text_en"] in _read(public, **{"accept-language": "en"})
    assert WHY not in _read(public)
    assert office.post(f"{at}step/", {"act": "withdraw", "reason": "날짜가 바뀌었음"}).status_code == 302
    assert "고친 제목" not in _read("/community/")
    assert "날짜가 바뀌었음" in _read(public)
    inside = _read(at, office)
    happened = ("게시 취소", "게시", "초안 수정", "작성 중")
    assert [one for one in happened if f"<b>{one}</b>" not in inside] == []
    assert drafted_notice().number not in _read("/community/notices/")


def test_programs_ask_and_read_the_same(site: Site) -> None:
    asks = site.client(Role.SUBMITTER)
    sent = {"text": QUESTION, "nothing_sealed": True}
    made = asks.post("/api/v1/programme/questions", sent, content_type="application/json").json()
    assert (made["role"], made["team"], made["challenge"], made["answers"]) == ("submitter", None, None, [])
    again = asks.post("/api/v1/programme/questions", sent, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (422, "post.said_already")
    listed = asks.get("/api/v1/programme/questions").json()["items"]
    assert [one["text"] for one in listed] == [QUESTION]
    correct_rules(
        announced_challenge().pk,
        text_ko="고침 하나",
        text_en="One change",
        actor=person(Role.PROGRAMME_OFFICE),
        now=NOON,
    )
    assert asks.get("/api/v1/programme/notices").json()["items"] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_speak_both_languages(site: Site, language: str) -> None:
    challenge = announced_challenge()
    asked(challenge, by=applicant())
    page = _read("/community/", **{"accept-language": language})
    assert {"ko": "알림과 질문", "en": "Notices and questions"}[language] in page
    at = f"/programme/challenges/{challenge.pk}/discussion/"
    page = _read(at, site.client(Role.PROGRAMME_OFFICE), **{"accept-language": language})
    assert {"ko": "규칙 정정하기", "en": "Correct the rules"}[language] in page
    assert {"ko": "글 숨기기", "en": "Hide it"}[language] in page
