"""Notices are issued together or not at all, once for one press, and say only what each party may know."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pandok.common.audit import writing as audit
from pandok.common.models import Delivery, Party
from pandok.core.dates import day_words
from pandok.core.errors import RequestError
from pandok.fields.counterfeit.acts.cases.deciding import name_parties
from pandok.fields.counterfeit.acts.notices.access import content_of
from pandok.fields.counterfeit.acts.notices.issuing import issue_notices, preview_notices
from pandok.fields.counterfeit.acts.notices.office import Office
from pandok.fields.counterfeit.acts.notices.serving import opened
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case, CaseClock, CaseDocument, IdentificationGuide, Notice
from pandok.fields.register.models import PartyHolder
from tests.fields.counterfeit.notices_fixtures import NoticeWorld, build_notice_world
from tests.fields.designs.fakes import NOON
from tests.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def notices(tmp_path: Path) -> NoticeWorld:
    return build_notice_world(tmp_path)


def everything(notice: Notice) -> str:
    return str(notice.content)


def test_both_parties_are_told_and_the_term_begins(notices: NoticeWorld) -> None:
    case = notices.notified()
    assert (case.state, case.turn) == ("notified", "holder")
    told = {one.template: one for one in case.notices.all()}
    assert set(told) == {"holder_notice", "importer_notice"}
    clock = CaseClock.objects.get(case=case, rule="holder_request")
    assert told["holder_notice"].due_at == clock.due_at
    assert all(one.pdf_sha256 in notices.office.blobs for one in told.values())
    mails = {one.recipient: one for one in Delivery.objects.all()}
    assert set(mails) == {"ip@hanbit.example", "in@dodam.example"}
    assert all([kept["sha256"] for kept in one.attachments] == [notices.view] for one in mails.values())  # the design
    assert f"https://pandok.example/notices/{told['holder_notice'].id}/" in mails["ip@hanbit.example"].body_text
    assert audit.verify() is None


def test_one_press_is_one_notice(notices: NoticeWorld) -> None:
    case = notices.chosen()
    first, again = notices.issue(case), notices.issue(case)
    assert [one.id for one in first] == [one.id for one in again]
    assert (Notice.objects.count(), Delivery.objects.count()) == (1, 1)


def test_another_press_on_a_notified_case_is_refused(notices: NoticeWorld) -> None:
    case = notices.chosen()
    notices.issue(case)
    with pytest.raises(RequestError, match="cannot become"):
        notices.issue(case, nonce="another press")
    assert Notice.objects.count() == 1


def test_the_holder_sees_goods_evidence_article_term_and_how_to_answer(notices: NoticeWorld) -> None:
    case = notices.notified()
    notice = case.notices.get(template="holder_notice")
    content = content_of(notice)
    assert [one.sha256 for one in content.photographs] == [notices.photograph]
    assert content.evidence is not None
    assert content.evidence.view.sha256 == notices.view
    assert len(content.evidence.regions) == 3
    facts = {fact.label.en: fact.value.ko for fact in content.facts}
    assert facts["Registered article"] == "포장용 병"
    assert facts["Last day"] == "2026년 3월 11일(수)"
    words = everything(notice)
    assert "7일(토요일·공휴일 제외)" in words
    assert "120퍼센트" in words
    assert "10 business days" in words
    assert "당사 권리가 아님" in words


def test_the_holder_is_told_nothing_of_the_importer_and_the_officer(notices: NoticeWorld) -> None:
    case = notices.chosen()
    name_parties(case=case, actor=notices.world.officer, now=NOON, importer=notices.world.importer)
    CaseDocument.objects.create(
        case=case,
        kind="licence",
        filename="비밀계약.pdf",
        media_type="application/pdf",
        size_bytes=1,
        sha256="c" * 64,
        party=notices.world.importer,
        uploaded_by=notices.world.officer,
        uploaded_at=NOON,
    )
    holder, importer = notices.issue(case)
    for secret in ("도담상사", "내부 메모", "형태가 같", "EB123456789CN", "비밀계약", "0.83", "c" * 64):
        assert secret not in everything(holder), secret
    for secret in ("내부 메모", "형태가 같", "0.83"):
        assert secret not in everything(importer), secret


def test_the_importer_sees_goods_right_holder_and_its_own_rights(notices: NoticeWorld) -> None:
    IdentificationGuide.objects.create(
        party=notices.world.holder,
        title="감별법",
        text="바닥의 각인을 보십시오",
        written_by=notices.world.officer,
        written_at=NOON,
    )
    case = notices.notified()
    words = everything(case.notices.get(template="importer_notice"))
    for known in ("유리병", "EB123456789CN", "한빛용기", "포장용 병", "120퍼센트", "의견을 낼 권리", "병행수입"):
        assert known in words, known
    assert "감별법" not in words
    assert "각인" not in words


def test_where_the_right_is_not_recorded_the_term_is_shorter(notices: NoticeWorld) -> None:
    notices.world.design.recorded_with_customs = False
    notices.world.design.save()
    case = notices.notified()
    assert "5일(토요일·공휴일 제외)" in everything(case.notices.get(template="holder_notice"))


def test_a_holder_that_is_no_party_must_be_named_first(notices: NoticeWorld) -> None:
    PartyHolder.objects.all().delete()
    case = notices.chosen()
    with pytest.raises(RequestError) as refused:
        notices.issue(case)
    assert refused.value.error_code == "notice.no_holder"
    assert "지정" in refused.value.next_step.ko
    name_parties(case=case, actor=notices.world.officer, now=NOON, holder=notices.world.holder)
    assert len(notices.issue(case)) == 1


def test_a_holder_without_a_mail_address_is_told_by_its_page_and_not_served_by_that(notices: NoticeWorld) -> None:
    Party.objects.filter(id=notices.world.holder.id).update(email="")
    case = notices.chosen()
    (notice,) = notices.issue(case)
    assert (notice.due_at, notice.services.exists()) == (None, False)
    assert not Delivery.objects.exists()


def test_a_broken_address_undoes_everything(notices: NoticeWorld) -> None:
    Party.objects.filter(id=notices.world.importer.id).update(email="not an address")
    notices.world.importer.refresh_from_db()
    case = notices.chosen()
    with pytest.raises(RequestError, match="not a mail address"):
        notices.issue(case, importer=notices.world.importer)
    case.refresh_from_db()
    assert (case.state, case.importer) == ("candidate_chosen", None)
    assert not Notice.objects.exists()


def test_an_importer_without_address_is_told_by_its_page(notices: NoticeWorld) -> None:
    Party.objects.filter(id=notices.world.importer.id).update(email="")
    notices.world.importer.refresh_from_db()
    case = notices.chosen()
    assert len(notices.issue(case, importer=notices.world.importer)) == 2
    assert [one.recipient for one in Delivery.objects.all()] == ["ip@hanbit.example"]


def test_only_who_works_on_the_case_notifies(notices: NoticeWorld) -> None:
    case = notices.chosen()
    for name in (Role.HOLDER, Role.AUDITOR, Role.OFFICER):
        with pytest.raises(RequestError, match="not yours"):
            issue_notices(
                case=case,
                actor=notices.world.account(name, f"another {name.value}"),
                reason="x",
                now=NOON,
                office=notices.office,
                nonce="n",
            )
    assert not Notice.objects.exists()


def test_no_reason_no_notice(notices: NoticeWorld) -> None:
    with pytest.raises(RequestError, match="reason"):
        issue_notices(
            case=notices.chosen(),
            actor=notices.world.officer,
            reason=" ",
            now=NOON,
            office=notices.office,
            nonce="n",
        )


def test_a_case_that_changed_while_the_pdf_was_drawn_is_not_notified(
    notices: NoticeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = notices.chosen()

    def change(*_: object) -> str:
        Case.objects.filter(id=case.id).update(item_name="다른 물품")
        return "d" * 64

    monkeypatch.setattr("pandok.fields.counterfeit.acts.notices.issuing.keep_pdf", change)
    with pytest.raises(RequestError, match="changed meanwhile"):
        notices.issue(case)
    assert not Notice.objects.exists()


def test_the_pdf_is_attached_where_the_site_wants_it(notices: NoticeWorld) -> None:
    notices.office = Office(notices.office.blobs, "https://pandok.example", attach_pdf=True)
    notice = notices.issue(notices.chosen())[0]
    assert Delivery.objects.get().attachments[0] == {
        "sha256": notice.pdf_sha256,
        "filename": "pandok-ICN-2026-000001.pdf",
        "media_type": "application/pdf",
    }


def test_a_preview_keeps_nothing(notices: NoticeWorld) -> None:
    case = notices.chosen()
    before = audit.verify(), CaseClock.objects.count()
    drafts = preview_notices(case=case, now=NOON + timedelta(days=1), office=notices.office)
    assert [one.content.template for one in drafts] == ["holder_notice"]
    assert not Notice.objects.exists()
    assert (audit.verify(), CaseClock.objects.count()) == before


def test_mail_is_in_both_languages_and_holds_no_picture_or_parcel(notices: NoticeWorld) -> None:
    notices.issue(notices.chosen())
    body = Delivery.objects.get().body_text
    assert "침해를 판단한 것이 아닙니다" in body
    assert "This notice judges nothing" in body
    assert "EB123456789CN" not in body
    assert notices.photograph not in body


@pytest.mark.parametrize(("days", "stands"), [(-1, True), (0, True), (1, False)])
def test_a_right_that_ends_between_choice_and_notice_is_refused(notices: NoticeWorld, days: int, stands: bool) -> None:
    """The day before its last, the last, the day after: asked at the notice, not at the reading."""
    last = NOON.date() + timedelta(days=5)
    notices.world.design.expires_on = last
    notices.world.design.save()
    case = notices.chosen()
    now = NOON + timedelta(days=5 + days)
    if stands:
        assert notices.issue(case, now=now)
        return
    with pytest.raises(RequestError, match=r"is not in force today") as refused:
        notices.issue(case, now=now)
    assert refused.value.error_code == "case.no_basis"
    assert day_words(last).ko in refused.value.message("ko")
    with pytest.raises(RequestError):
        preview_notices(case=case, now=now, office=notices.office)
    case.refresh_from_db()
    assert (case.state, Notice.objects.count()) == ("candidate_chosen", 0)


@pytest.mark.parametrize(("days", "recorded"), [(-1, True), (0, True), (1, False)])
def test_the_term_and_the_notice_follow_the_recordal_of_the_day(
    notices: NoticeWorld, days: int, recorded: bool
) -> None:
    design = notices.world.design
    design.recordal_valid_until = NOON.date() + timedelta(days=5)
    design.save()
    now = NOON + timedelta(days=5 + days)
    case = notices.chosen()
    told = notices.issue(case, now=now)[0]
    rule = law_version(case.law_version).clock("holder_request")
    opened(told, now + timedelta(days=3))  # the recordal is over by then; the term is the one that the notice names
    clock = CaseClock.objects.get(case=case, rule="holder_request")
    assert clock.days == rule.length_days(recorded=recorded)
    assert rule.length_days(recorded=True) != rule.length_days(recorded=False), "the two terms differ"
    said = {fact.label.ko: fact.value.ko for fact in content_of(told).facts}
    assert said["지식재산권 세관 신고"] == ("신고 완료" if recorded else "신고되지 않음")


def test_a_notice_keeps_what_was_true_when_it_was_issued(notices: NoticeWorld) -> None:
    case = notices.notified()
    told = case.notices.get(template="holder_notice")
    before = content_of(told)
    notices.world.design.recordal_valid_until = notices.world.design.expires_on = NOON.date()
    notices.world.design.save()
    told.refresh_from_db()
    assert content_of(told) == before
