"""The way of a case over the API alone, and lists that do not shift while new rows come."""

from __future__ import annotations

import uuid

import pytest

from pandok.common.audit import writing as audit
from pandok.common.models import AuditEntry
from pandok.fields.counterfeit.models import Case, NoticeOpening
from tests.api.world import PDF, ApiSite, Form
from tests.fields.designs.fakes import photograph
from tests.roles import Role


def test_from_photograph_to_closed(site: ApiSite) -> None:
    officer, holder = site.member(Role.OFFICER), site.member(Role.HOLDER)
    form = Form(
        {"capture_id": str(uuid.uuid4()), "parcel_number": "eb 123456789 cn"},
        {"photographs": ("a.jpg", photograph(), "image/jpeg")},
    )
    capture = site.ask(officer, "post", "/captures", form).json()
    reading = site.ask(officer, "get", f"/readings/{capture['reading_id']}").json()
    design = reading["reading"]["candidates"][0]["design"]["design_id"]
    case = site.ask(officer, "post", "/cases", {"reading_id": reading["id"]}).json()
    assert (case["state"], case["parcel_number"]) == ("read", "EB123456789CN")
    path = f"/cases/{case['id']}"

    def act(who: str, step: str, **body: object) -> dict[str, object]:
        account = {"officer": officer, "holder": holder, "importer": site.member(Role.IMPORTER)}[who]
        answer = site.ask(account, "post", f"{path}/{step}", body)
        assert answer.status_code < 300, answer.content
        value: dict[str, object] = answer.json()
        return value

    assert act("officer", "choose-candidate", design_id=design, reason="형태가 같음")["state"] == "candidate_chosen"
    act("officer", "parties", importer=site.world.importer.pk, reason="신고서로 확인")
    act("officer", "notify", reason="통지")
    notice = site.ask(holder, "get", "/notices").json()["items"][0]
    shown = site.ask(holder, "get", f"/notices/{notice['id']}").json()["content"]["photographs"]
    assert site.ask(holder, "get", f"/pictures/{shown[0]['sha256']}").status_code == 200
    assert site.ask(holder, "get", f"/notices/{notice['id']}/pdf").content == PDF
    assert NoticeOpening.objects.filter(account=holder).count() == 2
    assert act("holder", "answer", answer="not_genuine", reason="당사 제품이 아님")["turn"] == "officer"
    requested = act("holder", "request-suspension", value_krw=1_000_000, undertakes=True, reason="보류 요청")
    assert requested["state"] == "suspension_requested"
    refused = site.ask(officer, "post", f"{path}/decide", {"disposition": "released", "reason": "기한 전에 통관"})
    assert (refused.status_code, refused.json()["code"]) == (422, "suspension.pending")
    assert act("officer", "suspend", reason="담보를 확인하고 보류")["state"] == "suspended"
    act("importer", "statement", text="정식 수입품입니다.")
    answers = site.ask(officer, "get", f"{path}/answers").json()
    assert [one["answer"] for one in answers["answers"]] == ["not_genuine"]
    assert [one["text"] for one in answers["statements"]] == ["정식 수입품입니다."]
    assert site.ask(holder, "get", f"{path}/answers").json()["statements"] == []
    form = Form({"finding": "infringes", "reason": "감정"}, {"file": ("a.pdf", PDF, "application/pdf")})
    assert site.ask(holder, "post", f"{path}/send-appraisal", form).json()["state"] == "appraised"
    assert act("officer", "decide", disposition="destroyed", reason="감정 결과에 따라 폐기")["state"] == "decided"
    assert act("officer", "close", reason="폐기를 마침")["state"] == "closed"
    history = site.ask(officer, "get", f"{path}/history").json()
    assert [one["sequence"] for one in history] == list(range(1, len(history) + 1))
    clocks = site.ask(officer, "get", f"{path}/clocks").json()
    assert {one["rule"] for one in clocks} >= {"holder_request"}
    assert audit.verify() is None
    assert AuditEntry.objects.filter(action="photograph.viewed", actor=holder.username).count() == 1


def test_a_step_that_is_not_next_says_so(site: ApiSite) -> None:
    case = site.opened_case()
    answer = site.ask(site.member(Role.OFFICER), "post", f"/cases/{case.id}/close", {"reason": "처리를 마침"})
    assert (answer.status_code, answer.json()["code"]) == (422, "case.no_such_way")


def test_a_party_sees_no_scores_and_not_the_other_side(site: ApiSite) -> None:
    case = site.notified_case()
    seen = site.ask(site.member(Role.HOLDER), "get", f"/cases/{case.id}").json()
    hidden = ("officer", "reading_id", "candidate_probability", "candidate_rank", "importer", "importer_party")
    assert [seen[name] for name in hidden] == [None] * len(hidden)
    assert (seen["parcel_number"], seen["photographs"]) == ("", [])
    assert seen["may_act_as"] == ["holder"]
    importer = site.ask(site.member(Role.IMPORTER), "get", f"/cases/{case.id}").json()
    assert (importer["importer"], importer["parcel_number"]) == ("도담상사", "EB123456789CN")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR])
def test_pages_do_not_shift_while_cases_come(site: ApiSite, role: Role) -> None:
    account = site.member(role)
    for _ in range(5):
        site.opened_case()
    expected = [str(one) for one in Case.objects.order_by("-opened_at", "-serial").values_list("id", flat=True)]
    seen: list[str] = []
    cursor = ""
    while True:
        page = site.ask(account, "get", f"/cases?limit=2&cursor={cursor}").json()
        seen += [one["id"] for one in page["items"]]
        site.opened_case()  # comes before all pages that follow
        if page["next"] is None:
            break
        cursor = page["next"]
    assert seen == expected


def test_readings_page_by_page(site: ApiSite) -> None:
    officer = site.member(Role.OFFICER)
    for _ in range(3):
        site.opened_case()
    first = site.ask(officer, "get", "/readings?limit=2").json()
    rest = site.ask(officer, "get", f"/readings?limit=2&cursor={first['next']}").json()
    ids = [one["id"] for one in (*first["items"], *rest["items"])]
    assert (len(ids), len(set(ids)), rest["next"]) == (3, 3, None)


def test_filters_are_those_of_the_work_list(site: ApiSite) -> None:
    officer, case = site.member(Role.OFFICER), site.notified_case()
    for query, found in (
        ("tab=mine", False),
        ("state=notified", True),
        ("state=closed", False),
        ("text=유리병", True),
        ("text=없는말", False),
        (f"holder={site.world.holder.pk}", True),
        ("locarno=09", True),
        ("locarno=10", False),
    ):
        items = site.ask(officer, "get", f"/cases?{query}").json()["items"]
        assert bool(items) is found, query
        assert not items or items[0]["id"] == str(case.id)


def test_the_audit_trail_pages_and_is_checked(site: ApiSite) -> None:
    case, auditor = site.opened_case(), site.member(Role.AUDITOR)
    page = site.ask(auditor, "get", f"/audit/entries?about={case.number}&limit=2").json()
    older = site.ask(auditor, "get", f"/audit/entries?about={case.number}&limit=2&before={page['older']}").json()
    sequences = [one["sequence"] for one in (*page["items"], *older["items"])]
    assert sequences == sorted(sequences, reverse=True)
    check = site.ask(auditor, "post", "/audit/checks", {"full": True})
    assert check.status_code == 202
    assert site.ask(auditor, "get", f"/audit/checks/{check.json()['id']}").json()["finished_at"] is None


def test_a_case_opened_by_mistake_is_withdrawn_and_taken_up_again(site: ApiSite) -> None:
    officer, case = site.member(Role.OFFICER), site.world.case()
    path = f"/cases/{case.id}"
    assert site.ask(officer, "post", f"{path}/withdraw", {"reason": ""}).status_code == 422
    withdrawn = site.ask(officer, "post", f"{path}/withdraw", {"reason": "시험 촬영"}).json()
    assert (withdrawn["state"], withdrawn["turn"]) == ("withdrawn", "nobody")
    assert site.ask(officer, "post", f"{path}/reopen", {"reason": "실제 물품"}).json()["state"] == "read"


def test_a_reason_that_cannot_be_true_is_refused_by_the_api(site: ApiSite) -> None:
    officer, case = site.member(Role.OFFICER), site.world.case(candidates=())
    path = f"/cases/{case.id}/nothing-close"
    answer = site.ask(officer, "post", path, {"reason": "후보 모두 전체 형태가 다름"})
    assert (answer.status_code, answer.json()["code"]) == (422, "case.reason_not_true")
    assert site.ask(officer, "post", path, {"reason": "손잡이가 다름"}).json()["state"] == "nothing_close"
