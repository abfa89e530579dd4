"""Who may make which call, as data: one row for every operation of the API. test_access.py asks every row.

`allowed`: roles of people whom the case concerns, that are let in. `hidden`: roles that may use the operation but not
this object; they are answered 404. `refused`: roles that see the object but have no part in this step; 403. Every
other role: 403. `private`: the object belongs to somebody; strangers of allowed roles are answered 404, unless they
see everything; `hides` names these roles where some of the others see every object. `{…}` in addresses and bodies are
filled by test_access.objects.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from tests.api.world import PDF, Form
from tests.roles import Role

O, S, H, I, P, L, A, M, D, F, B, E, C, X, Y, Z, R, K, T, N, U, G, J, Q, V = Role  # noqa: E741
EVERYBODY = frozenset(Role)
SEES = frozenset({O, S, H, I, P, A, M})
CUSTOMS = frozenset({O, S, A, M})
WORKS = frozenset({O, S})
PARTIES = frozenset({H, I, P})
KEEPS = frozenset({S, M})
SEES_ALL = frozenset({S, A, M})
TRAINS = frozenset({N, U, O, S, X, Y, Z})
KEEPS_PROBLEMS = frozenset({O, S, X, Y, Z, R, K, T, U, F, E, G, J, Q})
PUBLIC_SIDE = frozenset({H, I, P, B, N})
NOBODY: frozenset[Role] = frozenset()
LAB = frozenset({L, A, M, D, F, B, E, C})
PROVES = frozenset({L, A, E, F, B, C})


@dataclass(frozen=True)
class Call:
    method: str
    path: str
    allowed: Set[Role]
    body: Any = None
    hidden: Set[Role] = NOBODY
    refused: Set[Role] = NOBODY
    private: bool = False
    hides: Set[Role] = NOBODY


def _act(path: str, allowed: Set[Role], body: Any, **more: Any) -> Call:
    return Call("post", f"/cases/{{case}}/{path}", allowed, body, private=True, **more)


LAMP = {"device": "lamp", "colour": "red", "reason": "권한을 알아보는 시험"}
WARNING = {"kind": "safety", "text_ko": "우회하십시오.", "area": "지하차도"}
OUTSIDE = {"hazard": "flood", "pole": "buk-1", "began_at": "2026-07-01T12:00", "source": "119"}
BOOKING = {"pole": "buk-1", "begins_at": "2026-07-01T12:00", "ends_at": "2026-07-01", "for_whom": "", "purpose": ""}
WORK = {"kind": "lamp", "what": "꺼진 등 교체", "pole": "buk-1"}
SILENCE = {"pole": "buk-1", "reader": "not-heard", "until": "2026-07-01T12:00", "reason": "권한을 알아보는 시험"}
OUTCOME = {
    "kind": "sale", "title": "t", "happened_on": "2026-02-20", "figure": "1", "share_percent": "100", "source": "s",
    "owner": "o", "maker": "m",
}  # fmt: skip
RESOURCE = {"kind": "site", "region": "honam", "title": "t", "body": "b"}
RESOURCE_BOOKING = {
    "begins_at": "2026-07-01T12:00:00Z", "ends_at": "2026-07-02T12:00:00Z", "for_whom": "f", "purpose": "p",
}  # fmt: skip
SEES_RESOURCES = KEEPS_PROBLEMS | {A, M, D}
HERE = {"region": "honam", "devices": "d", "season": "s", "prevalence": "p"}
HAND_OVER = {
    "proof": "2026-P-000001", "operated_by": "o", "paid_by": "p", "devices": "d", "season": "s", "prevalence": "p",
}  # fmt: skip
STREET_TRIAL = {
    "test_bed": "buk", "hazard": "flood", "question": "", "plan": "", "measure": "missed-share", "threshold": 0.1,
    "first": "2026-07-01", "last": "2026-07-02",
}  # fmt: skip
GUIDE = {"title": "식별 요령", "text": "밑면의 각인을 보십시오."}
WHY = {"reason": "권한을 알아보는 시험"}
FIELD_PROBLEM = {
    "title": "지하차도 물", "topic": "disasters", "region": "honam", "who_suffers": "지하차도를 지나는 운전자",
    "how_often": "한 해 세 번", "decision": "언제 차도를 막을지가 달라진다",
}  # fmt: skip
PAPER = {"file": ("감정서.pdf", PDF, "application/pdf")}

CALLS: dict[str, Call] = {
    "import_a_scan": Call("post", "/xray/scans", {Z, M}, Form({})),
    "list_inspections": Call("get", "/xray/inspections", {X, Y, Z, A, M}),
    "get_inspection": Call("get", "/xray/inspections/{inspection}", {A, M}, hidden={X, Y, Z}, private=True),
    "record_an_opening": Call(
        "post", "/xray/inspections/{inspection}/opening", NOBODY, {"found": "nothing"}, hidden={Y, Z}, private=True
    ),
    "have_an_inspection_read_again": Call(
        "post", "/xray/inspections/{inspection}/read-again", NOBODY, WHY, hidden={Z}, private=True
    ),
    "list_similar_scans": Call("get", "/xray/inspections/{inspection}/similar", {A, M}, hidden={X, Y, Z}, private=True),
    "get_reading_figures": Call("get", "/xray/figures", {X, Z, A, M}),
    "list_due_scans": Call("get", "/xray/retention/due", {Z, A, M}),
    "list_scan_deletions": Call("get", "/xray/retention/deletions", {Z, A, M}),
    "plan_scan_deletion": Call("post", "/xray/retention/deletions", {M}, WHY),
    "get_scan_deletion": Call("get", "/xray/retention/deletions/{scan_deletion}", {Z, A, M}),
    "give_up_scan_deletion": Call("post", "/xray/retention/deletions/{scan_deletion}/withdraw", {M}, WHY),
    "list_scan_holds": Call("get", "/xray/retention/holds", {Z, A, M}),
    "hold_scan": Call("post", "/xray/retention/inspections/{inspection}/hold", {M}, WHY, hidden={Z}, private=True),
    "lift_scan_hold": Call("post", "/xray/retention/holds/{scan_hold}/lift", {M}, WHY, hidden={Z}, private=True),
    "list_container_types": Call("get", "/xray/containers", {X, Z, A, M}),
    "import_an_empty_container": Call("post", "/xray/containers/empty", {Z, M}, Form({})),
    "withdraw_an_empty_container": Call(
        "post", "/xray/containers/empty/{empty_container}/withdraw", {M}, WHY, hidden={Z}, private=True
    ),
    "measure_container_structure": Call(
        "post", "/xray/containers/measure", {Z, M}, {"container_type": "22G1", "spectrum": "cargo-4mv-6mv"}
    ),
    "take_the_next_scan": Call("post", "/xray/reading/next", {X, Z}),
    "decide_on_a_scan": Call(
        "post", "/xray/reading/{inspection}/decision", NOBODY, {"decision": "clear"}, hidden={X, Z}, private=True
    ),
    "take_a_decision_back": Call("post", "/xray/reading/{inspection}/take-back", NOBODY, hidden={X, Z}, private=True),
    "list_courses": Call("get", "/academy/courses", TRAINS),
    "list_sittings": Call("get", "/academy/sittings", TRAINS),
    "get_sitting_result": Call("get", "/academy/sittings/{sitting}/result", NOBODY, hidden=TRAINS, private=True),
    "get_own_result": Call("get", "/academy/result", TRAINS),
    "get_own_ledger": Call("get", "/academy/ledger", TRAINS),
    "list_certificate_tests": Call("get", "/academy/certificate-tests", {U, Z}),
    "look_at_a_certificate_test": Call(
        "post",
        "/academy/certificate-tests/{certificate_test}/second-look",
        {U, Z},
        {"accepted": False, "reason": "x" * 5},
    ),
    "list_measuring_sets": Call("get", "/academy/measuring-sets", {U, Z}),
    "look_at_a_measuring_picture": Call(
        "post",
        "/academy/measuring-pictures/{measuring_picture}/second-look",
        {U, Z},
        {"accepted": False, "reason": "x" * 5},
    ),
    "list_street_alerts": Call("get", "/street/alerts", {R, K, T, A, M}),
    "get_street_alert": Call("get", "/street/alerts/{alert}", {R, K, T, A, M}),
    "decide_on_a_street_alert": Call("post", "/street/alerts/{alert}/decision", {R, K}, {"what": "respond"}),
    "list_streetlights": Call("get", "/street/streetlights", {R, K, T, A, M}),
    "get_device_command": Call("get", "/street/commands/{command}", {R, K, T, A, M}),
    "command_a_device": Call("post", "/street/poles/buk-acts/commands", {R}, LAMP),
    "decide_on_a_device_command": Call("post", "/street/commands/{command}/decision", {R}, {"what": "confirm"}),
    "get_resident_warning": Call("get", "/street/warnings/{warning}", {R, K, T, A, M}),
    "write_resident_warning": Call("post", "/street/alerts/{alert}/warnings", {R}, WARNING),
    "decide_on_a_resident_warning": Call("post", "/street/warnings/{warning}/decision", {R}, {"what": "issue"}),
    "get_street_figures": Call("get", "/street/figures", {R, K, T, A, M}),
    "enter_an_outside_record": Call("post", "/street/records", {R, T}, OUTSIDE),
    "list_test_bed_bookings": Call("get", "/street/bookings", {R, K, T, A, M}),
    "book_a_test_bed": Call("post", "/street/bookings", {T}, BOOKING),
    "list_street_silences": Call("get", "/street/silences", {R, K, T, A, M}),
    "get_street_silence": Call("get", "/street/silences/{silence}", {R, K, T, A, M}),
    "begin_street_silence": Call("post", "/street/silences", {R}, SILENCE),
    "end_street_silence": Call("post", "/street/silences/{silence}/end", {R}, WHY),
    "list_street_trials": Call("get", "/street/trials", {R, K, T, A, M}),
    "get_street_trial": Call("get", "/street/trials/{street_trial}", {R, K, T, A, M}),
    "register_street_trial": Call("post", "/street/trials", {T}, STREET_TRIAL),
    "conclude_street_trial": Call("post", "/street/trials/{street_trial}/conclusion", {T}, {"learnt": "배운 것"}),
    "get_street_energy": Call("get", "/street/energy", {R, K, T, A, M}),
    "list_street_works": Call("get", "/street/works", {R, K, T, A, M}),
    "get_street_work": Call("get", "/street/works/{street_work}", {R, K, T, A, M}),
    "order_street_work": Call("post", "/street/works", {R, T}, WORK),
    "order_street_repair": Call("post", "/street/repairs", {R, T}, {"alert": "{alert}"}),
    "assign_street_work": Call("post", "/street/works/{street_work}/assignment", {R, T}, {"what": "withdraw"}),
    "step_of_street_work": Call("post", "/street/works/{street_work}/step", {K}, {"what": "take"}),
    "cancel_a_booking": Call("post", "/street/bookings/{booking}/cancellation", {T}, WHY),
    "get_me": Call("get", "/me", EVERYBODY),
    "send_capture": Call("post", "/captures", {O, S, M}, Form({})),
    "get_capture": Call("get", "/captures/{capture}", NOBODY, hidden={O, S, M}, private=True),
    "read_capture_again": Call("post", "/captures/{capture}/read", NOBODY, hidden={O, S, M}, private=True),
    "list_readings": Call("get", "/readings", CUSTOMS),
    "get_reading": Call("get", "/readings/{reading}", CUSTOMS, private=True),
    "read_reading_again": Call("post", "/readings/{reading}/again", {O, S, M}, {}, private=True),
    "open_a_case": Call("post", "/cases", WORKS, {"reading_id": "{reading}"}, private=True),
    "list_cases": Call("get", "/cases", SEES),
    "get_case": Call("get", "/cases/{case}", SEES, private=True),
    "get_clocks": Call("get", "/cases/{case}/clocks", SEES, private=True),
    "get_history": Call("get", "/cases/{case}/history", CUSTOMS, hidden=PARTIES, private=True),
    "choose": _act("choose-candidate", WORKS, WHY | {"design_id": "30-0001"}),
    "nothing_close": _act("nothing-close", WORKS, WHY),
    "reopen": _act("reopen", WORKS, WHY),
    "attach": _act("attach-reading", WORKS, {"reading_id": "{reading}"}),
    "record_an_appraisal": _act("appraisal", WORKS, WHY | {"finding": "infringes"}),
    "decide_case": _act("decide", WORKS, WHY | {"disposition": "returned"}),
    "close": _act("close", WORKS, WHY),
    "withdraw": _act("withdraw", WORKS, WHY),
    "add_a_note": _act("note", WORKS, {"text": "메모"}),
    "name_case_parties": _act("parties", WORKS, WHY | {"importer": 1}),
    "notify": _act("notify", WORKS, WHY),
    "preview": Call("get", "/cases/{case}/notify/preview", WORKS, private=True),
    "list_case_notices": Call("get", "/cases/{case}/notices", SEES, private=True),
    "list_answers": Call("get", "/cases/{case}/answers", SEES, private=True),
    "answer_as_holder": _act("answer", {H}, WHY | {"answer": "need_the_goods"}),
    "request_a_suspension": _act("request-suspension", {H}, WHY | {"value_krw": 1000, "undertakes": True}),
    "make_a_statement": _act("statement", {I}, {"text": "정식 수입품입니다."}),
    "send_an_appraisal": _act("send-appraisal", {P, H}, Form(WHY | {"finding": "infringes"}, PAPER)),
    "list_confirmed": Call("get", "/cases/{case}/confirmed-photographs", CUSTOMS, hidden=PARTIES, private=True),
    "confirm_a_photograph": _act(
        "confirmed-photographs", WORKS, {"photograph": 1, "design_id": "30-0001", "reason": "감정 결과로 확인된 물품"}
    ),
    "withdraw_confirmed": _act(
        "confirmed-photographs/00000000-0000-0000-0000-000000000000/withdraw", NOBODY, WHY, hidden=WORKS
    ),
    "ask_an_appraisal": _act("ask-appraisal", WORKS, WHY | {"association": 3}),
    "confirm_a_suit": _act("confirm-suit", WORKS, WHY | {"document_id": "{document}"}),
    "request_nothing": _act("no-request", {H}, WHY),
    "grant_suspension": _act("suspend", WORKS, WHY),
    "refuse_a_suspension": _act("refuse-suspension", WORKS, WHY),
    "go_on_with_clearance": _act("go-on", WORKS, WHY),
    "extend_the_suit_term": _act("extend-suit-term", WORKS, WHY),
    "refuse_a_release": _act("refuse-release", WORKS, WHY),
    "reach_an_importer": _act(
        "importer-link", WORKS, {"name": "김수입", "phone": "010-0000-0000", "check": "business", "answer": "4821"}
    ),
    "link_an_importer_again": _act("importer-link/again", WORKS, {"check": "business", "answer": "4821"}),
    "withdraw_an_importer_link": _act("importer-link/withdraw", WORKS, {}),
    "acknowledge_what_came": _act("acknowledge", WORKS, {}),
    "record_a_service": _act(
        "notices/{notice}/service", WORKS, {"way": "hand", "day": "2026-03-02", "proof": "수령증 제12호"}
    ),
    "list_documents": Call("get", "/cases/{case}/documents", SEES, private=True),
    "send_document": _act("documents", WORKS | PARTIES, Form({"kind": "other"}, PAPER)),
    "list_notices": Call("get", "/notices", SEES),
    "get_notice": Call("get", "/notices/{notice}", CUSTOMS | {H}, hidden={I, P}, private=True),
    "say_electronic": Call(
        "post", "/notices/{notice}/electronic-service", {H}, {"agrees": True}, hidden={I, P}, private=True
    ),
    "get_notice_pdf": Call("get", "/notices/{notice}/pdf", CUSTOMS | {H}, hidden={I, P}, private=True),
    "get_document": Call("get", "/documents/{document}", CUSTOMS, hidden=PARTIES, private=True),
    "get_document_content": Call("get", "/documents/{document}/content", CUSTOMS, hidden=PARTIES, private=True),
    "share": Call("post", "/documents/{document}/share", WORKS, WHY | {"with": ["holder"]}, private=True),
    "get_picture": Call("get", "/pictures/{photograph}", CUSTOMS | PARTIES, private=True),
    "find_designs": Call("get", "/designs?number=30-0001", SEES),
    "get_word_marks": Call("get", "/designs/word-marks?text=LUMORA", SEES),
    "get_design": Call("get", "/designs/30-0001", SEES),
    "find_parties": Call("get", "/parties", {O, S, M}),
    "get_party": Call("get", "/parties/{party}", {O, S, M}),
    "find_holders": Call("get", "/holders?name=a", KEEPS),
    "add_party": Call("post", "/parties", KEEPS, WHY | {"kind": "importer", "name": "새 수입자"}),
    "get_party_record": Call("get", "/parties/{party}/record", KEEPS),
    "change_party_facts": Call("post", "/parties/{party}/facts", KEEPS, WHY | {"kind": "holder", "name": "다른 이름"}),
    "set_party_active": Call("post", "/parties/{party}/active", KEEPS, WHY | {"active": False}),
    "link_holder_name": Call(
        "post", "/parties/{party}/holder-names", KEEPS, WHY | {"holder_id": "{holder}", "linked": True}
    ),
    "set_electronic_service": Call(
        "post",
        "/parties/{party}/electronic-service",
        KEEPS,
        {"agrees": True, "day": "2026-03-02", "proof": "동의서 접수 1호"},
    ),
    "set_party_member": Call("post", "/parties/{party}/members", KEEPS, WHY | {"username": "nobody", "member": True}),
    "list_sites": Call("get", "/sites", KEEPS),
    "add_site": Call("post", "/sites", KEEPS, WHY | {"code": "ZZ-1", "name_ko": "새 세관", "name_en": "New"}),
    "rename_site": Call("post", "/sites/{site}/names", KEEPS, WHY | {"name_ko": "다른 세관", "name_en": "Other"}),
    "set_site_member": Call("post", "/sites/{site}/members", KEEPS, WHY | {"username": "nobody", "member": True}),
    "list_guides": Call("get", "/guides", {H}),
    "write_guide": Call("post", "/guides", {H}, Form(GUIDE | {"party_id": "{party}"}), private=True),
    "change_guide": Call("post", "/guides/{guide}", {H}, Form(GUIDE), private=True),
    "withdraw_guide": Call("post", "/guides/{guide}/withdraw", {H}, {}, private=True),
    "get_guide_picture": Call("get", "/guides/{guide}/pictures/{picture}", CUSTOMS | {H}, hides={H}),
    "list_design_guides": Call("get", "/designs/30-0001/guides", CUSTOMS),
    "list_due_files": Call("get", "/retention/due", SEES_ALL),
    "list_deletions": Call("get", "/retention/deletions", SEES_ALL),
    "plan_deletion": Call("post", "/retention/deletions", {M}, WHY),
    "get_deletion": Call("get", "/retention/deletions/{deletion}", SEES_ALL),
    "give_up_deletion": Call("post", "/retention/deletions/{deletion}/withdraw", {M}, WHY),
    "list_holds": Call("get", "/retention/holds", SEES_ALL),
    "lift_a_hold": Call("post", "/retention/holds/{hold}/lift", KEEPS, WHY),
    "hold_case": Call("post", "/cases/{case}/hold", KEEPS, WHY),
    "list_problems": Call("get", "/lab/problems", LAB),
    "get_problem": Call("get", "/lab/problems/{problem}", LAB),
    "get_public_part": Call("get", "/lab/problems/{problem}/public", LAB),
    "get_leaderboard": Call("get", "/lab/problems/{problem}/leaderboard", LAB),
    "list_submissions": Call("get", "/lab/submissions", {B}),
    "submit_a_model": Call("post", "/lab/submissions", {B}, Form({"problem_id": "no"})),
    "get_submission": Call("get", "/lab/submissions/{submission}", NOBODY, hidden={B}),
    "ask_for_confirm_run": Call("post", "/lab/submissions/{submission}/confirm", NOBODY, {}, hidden={B}),
    "begin_upload": Call("post", "/lab/uploads", {B}, {"bytes": 1000, "sha256": "0" * 64}),
    "get_upload": Call("get", "/lab/uploads/{upload}", NOBODY, hidden={B}),
    "send_piece": Call("patch", "/lab/uploads/{upload}", NOBODY, {}, hidden={B}),
    "give_up_upload": Call("delete", "/lab/uploads/{upload}", NOBODY, hidden={B}),
    "submit_an_upload": Call(
        "post",
        "/lab/uploads/{upload}/submission",
        NOBODY,
        {"problem_id": "00000000-0000-4000-8000-000000000000", "upload_key": "00000000-0000-4000-8000-000000000000"},
        hidden={B},
    ),
    "get_result": Call("get", "/lab/results/{run}", NOBODY, hidden={B}),
    "list_field_problems": Call("get", "/programme/problems", KEEPS_PROBLEMS | PUBLIC_SIDE | {A, M}),
    "propose_field_problem": Call("post", "/programme/problems", KEEPS_PROBLEMS | PUBLIC_SIDE, FIELD_PROBLEM),
    "find_problems_alike": Call("post", "/programme/problems/alike", KEEPS_PROBLEMS | PUBLIC_SIDE, FIELD_PROBLEM),
    "get_field_problem": Call(
        "get", "/programme/problems/{field_problem}", KEEPS_PROBLEMS | {A, M}, hidden=PUBLIC_SIDE
    ),
    "share_field_problem": Call(
        "post",
        "/programme/problems/{field_problem}/share",
        KEEPS_PROBLEMS,
        {"region": "honam", "note": "여기도 잠김"},
        hidden=PUBLIC_SIDE,
    ),
    "examine_field_problem": Call("post", "/programme/problems/{field_problem}/examine", {G, Q}, WHY),
    "return_field_problem": Call("post", "/programme/problems/{field_problem}/return", {G, Q}, WHY),
    "merge_field_problem": Call(
        "post", "/programme/problems/{field_problem}/merge", {G, Q}, WHY | {"into": "2026-FP-000001"}
    ),
    "list_calls": Call("get", "/programme/calls", {G, J, Q, A, M, B, F, V}),
    "get_call": Call("get", "/programme/calls/{call}", {G, J, Q, A, M, B, F, V}),
    "get_ranking_of_call": Call("get", "/programme/calls/{call}/ranking", {G, J, Q, A}),
    "list_challenges": Call("get", "/programme/challenges", {G, J, Q, A, M, B, F, E}),
    "get_challenge": Call("get", "/programme/challenges/{challenge}", {G, J, Q, A, M, B, F, E}),
    "list_questions": Call("get", "/programme/questions", KEEPS_PROBLEMS | PUBLIC_SIDE | {A, M, V}),
    "ask_question": Call(
        "post",
        "/programme/questions",
        KEEPS_PROBLEMS | PUBLIC_SIDE | {V},
        {"text": "권한을 알아보는 질문", "nothing_sealed": True},
    ),
    "list_firms": Call("get", "/programme/firms", KEEPS_PROBLEMS | PUBLIC_SIDE | {A, M, V}),
    "list_programme_notices": Call("get", "/programme/notices", KEEPS_PROBLEMS | PUBLIC_SIDE | {A, M, V}),
    "list_call_applications": Call("get", "/programme/applications", {G, J, Q, A, B, V}),
    "get_call_application": Call("get", "/programme/applications/{application}", {G, J, Q, A}, hidden={B, V}),
    "begin_call_application": Call("post", "/programme/calls/{call}/applications", {B}, {}),
    "save_call_application": Call("post", "/programme/applications/{application}/draft", NOBODY, {}, hidden={B}),
    "add_file_of_application": Call(
        "post", "/programme/applications/{application}/files", NOBODY, Form({}, PAPER), hidden={B}
    ),
    "drop_file_of_application": Call(
        "post", "/programme/applications/{application}/files/1/drop", NOBODY, {}, hidden={B}
    ),
    "submit_call_application": Call("post", "/programme/applications/{application}/submit", NOBODY, {}, hidden={B}),
    "withdraw_call_application": Call(
        "post", "/programme/applications/{application}/withdraw", NOBODY, WHY, hidden={B}
    ),
    "list_own_reviews": Call("get", "/programme/reviews", {V}),
    "get_own_review": Call("get", "/programme/reviews/{review}", NOBODY, hidden={V}),
    "save_marks_of_review": Call("post", "/programme/reviews/{review}/marks", NOBODY, {"marks": {}}, hidden={V}),
    "lock_marks_of_review": Call("post", "/programme/reviews/{review}/lock", NOBODY, {"no_ties": True}, hidden={V}),
    "get_selection_of_call": Call("get", "/programme/calls/{call_offered}/selection", {G, J, Q, A}),
    "vote_on_selection_of_call": Call(
        "post", "/programme/calls/{call_offered}/selection/votes", {J}, WHY | {"agrees": True}
    ),
    "list_outcomes": Call("get", "/programme/outcomes", {G, J, Q, A, M, F}),
    "get_outcome": Call("get", "/programme/outcomes/{outcome}", {G, J, Q, A, M}, hidden={F}),
    "enter_outcome_of_agreement": Call("post", "/programme/agreements/{agreement}/outcomes", {Q}, Form(OUTCOME, PAPER)),
    "check_entered_outcome": Call("post", "/programme/outcomes/{outcome}/check", {G, J}, WHY | {"holds": True}),
    "list_resources": Call("get", "/programme/resources", SEES_RESOURCES),
    "enter_trial_resource": Call("post", "/programme/resources", {Q}, RESOURCE),
    "get_trial_resource": Call("get", "/programme/resources/{resource}", SEES_RESOURCES),
    "reword_trial_resource": Call("post", "/programme/resources/{resource}", {Q}, RESOURCE | WHY),
    "book_trial_resource": Call("post", "/programme/resources/{resource}/bookings", {Q, F}, RESOURCE_BOOKING),
    "cancel_booking_of_resource": Call("post", "/programme/resource-bookings/{resource_booking}/cancel", {Q, F}, WHY),
    "get_trial_certificate": Call("get", "/programme/certificates/{trial_certificate}", {G, J, Q, A, M}, hidden={F}),
    "draft_trial_certificate": Call(
        "post", "/programme/measurements/{measurement}/certificates", {G, Q}, {"kind": "trial"}
    ),
    "lead_trial_certificate": Call(
        "post", "/programme/certificates/{trial_certificate}/step", {G, Q}, WHY | {"what": "drop"}
    ),
    "list_hand_overs": Call("get", "/programme/hand-overs", {G, J, Q, A, M, F, E}),
    "hand_reader_over": Call("post", "/programme/agreements/{agreement}/hand-overs", {Q}, HAND_OVER),
    "get_package_of_hand_over": Call("get", "/programme/hand-overs/{hand_over}/package", {G, J, Q, A, M, F, E}),
    "keep_answer_of_other_site": Call("post", "/programme/hand-overs/answers", {Q}, Form({}, PAPER)),
    "list_hand_overs_taken": Call("get", "/programme/hand-overs/taken", {G, J, Q, A, M, F, E}),
    "take_hand_over_in": Call("post", "/programme/hand-overs/taken", {Q}, Form(HERE, PAPER)),
    "answer_hand_over": Call("post", "/programme/hand-overs/taken/{hand_over_taken}/answer", {G}, {}),
    "get_answer_to_hand_over": Call(
        "get", "/programme/hand-overs/taken/{hand_over_taken}/answer", {G, J, Q, A, M, F, E}
    ),
    "list_data_sets": Call("get", "/programme/data", {G, J, Q, A, M, D, F, E}),
    "get_data_set": Call("get", "/programme/data/{data_set}", {G, J, Q, A, M, D, F, E}),
    "list_agreements": Call("get", "/programme/agreements", {G, J, Q, F, A, M}),
    "get_agreement": Call("get", "/programme/agreements/{agreement}", {G, J, Q, A, M}, hidden={F}),
    "list_trial_certificates": Call(
        "get", "/programme/agreements/{agreement}/certificates", {G, J, Q, A, M}, hidden={F}
    ),
    "list_measurements": Call("get", "/programme/agreements/{agreement}/measurements", {G, J, Q, A, M}, hidden={F}),
    "measure_agreement": Call("post", "/programme/agreements/{agreement}/measurements", {Q}, {}),
    "recompute_measurement": Call(
        "get", "/programme/measurements/{measurement}/recomputed", {G, J, Q, A, M}, hidden={F}
    ),
    "list_proofs": Call("get", "/lab/proofs", PROVES),
    "get_proof": Call("get", "/lab/proofs/{proof}", PROVES - {B}, hidden={B}),
    "get_proof_pack": Call("get", "/lab/proofs/{proof}/pack", PROVES - {B}, hidden={B}),
    "get_law": Call("get", "/law", SEES),
    "list_holidays": Call("get", "/law/holidays", SEES),
    "enter_holiday": Call("post", "/law/holidays", {M}, WHY | {"day": "2026-06-03", "name": "선거일"}),
    "take_holiday_back": Call("post", "/law/holidays/{holiday}/withdraw", {M}, WHY),
    "get_statistics": Call("get", "/statistics", CUSTOMS),
    "list_entries": Call("get", "/audit/entries", {A, M}),
    "ask_for_check": Call("post", "/audit/checks", {A, M}, {}),
    "get_check": Call("get", "/audit/checks/{check}", {A, M}),
    "list_webhooks": Call("get", "/webhooks", CUSTOMS | {H, Z}),
    "add_webhook": Call(
        "post", "/webhooks", CUSTOMS | {H, Z}, {"title": "t", "url": "http://10.0.0.1/", "events": ["case.opened"]}
    ),
    "get_webhook": Call("get", "/webhooks/{webhook}", NOBODY, hidden=CUSTOMS | {H, Z}, private=True),
    "delete_webhook": Call("delete", "/webhooks/{webhook}", NOBODY, hidden=CUSTOMS | {H, Z}, private=True),
    "ping_webhook": Call("post", "/webhooks/{webhook}/ping", NOBODY, hidden=CUSTOMS | {H, Z}, private=True),
    "list_deliveries": Call("get", "/webhooks/{webhook}/deliveries", NOBODY, hidden=CUSTOMS | {H, Z}, private=True),
    "send_delivery_again": Call(
        "post", "/webhooks/{webhook}/deliveries/1/again", NOBODY, hidden=CUSTOMS | {H, Z}, private=True
    ),
}

URL_NAMES = frozenset({"api:api-root", *(f"api:{name}" for name in CALLS)})
"""The names of the addresses: every operation, and the root, which answers nobody anything."""
