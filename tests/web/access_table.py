"""Who may open which address, as data. test_access.py asks every row as every role and as nobody.

Whoever adds a page or an API call adds its row here; a URL without a row fails the tests, and so does a row without
a URL. One row for every method that does something:

    "case": [Row("get", "case_of_another", SEES_CASES, hidden_from={O})],

- the key is the name of the URL, with its namespace where it has one (`api:list_cases`);
- `sample` names a function in access_samples.py that makes the object which the address shows, and returns the
  arguments of the URL. The object belongs to none of the asking accounts. "" where the URL takes no arguments;
- `allowed` are the roles that are let in. ANYBODY: also who is not signed in. SIGNED_IN: everybody with a role;
- `statuses` are the answers to those who are let in (200 where nothing is said). Sending nothing suffices: a form
  that answers 422 has let the person in. `data` is sent along where that tells more;
- `hidden_from` are roles that may use the page but not this object: they are answered 404, as if it did not exist;
- `sent_to` are roles that are led to another page: role -> name of the URL;
- `strangers` are the answers to who is not signed in, where the address shows them another page than the sign-in;
- `api=True` for calls that answer programs: `data` is sent as JSON; 401 without session or token, and 403 without page.

Every other role must be answered 403, and a person who is not signed in must be led to the sign-in page.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from tests.api.operations import URL_NAMES
from tests.roles import STAFF, Role

O, S, H, I, P, L, A, M, D, F, B, E, C, X, Y, Z, R, K, T, N, U, G, J, Q, V = Role  # noqa: E741
"""Officer, supervisor, holder, importer, appraiser, lab operator, auditor, administrator (manager), data steward,
field owner, submitter (B: business), evaluator, output checker; X-ray reader (X), opening officer (Y), X-ray supervisor
(Z); control room (R), crew (K), street operator (T); trainee (N: newcomer), trainer (U: tutor); programme manager (G),
committee member (J: jury), programme office (Q), advisor (V)."""

READS = frozenset({O, S, M})
SEES = frozenset({O, S, M, A})
SEES_ALL = frozenset({S, M, A})
SIGNED_IN = frozenset(Role)
TRAINS = frozenset({N, U, O, S, X, Y, Z})
KEEPS_PROBLEMS = frozenset({O, S, X, Y, Z, R, K, T, U, F, E, G, J, Q})
HAS_PROBLEMS = KEEPS_PROBLEMS | {H, I, P, B, N}
SEES_SPREAD = frozenset({G, J, Q, A, M, F, E})
SEES_CALLS = frozenset({G, J, Q, A, M, B, F, V})
SEES_CHALLENGES = frozenset({G, J, Q, A, M, B, F, E})
SEES_DATA = frozenset({G, J, Q, A, M, D, F, E})
SEES_RESOURCES = KEEPS_PROBLEMS | {A, M, D}
ANYBODY: frozenset[Role] | None = None
IN_LAB = frozenset({L, A, M, D, F, B, E, C})
FIRST_PAGE = (
    {A: "cases", H: "notices", I: "notices", P: "notices"}
    | dict.fromkeys((L, D, F, B, E, C), "lab")
    | {X: "xray_desk", Y: "xray_inspections", Z: "xray_desk"}
    | dict.fromkeys((R, K, T), "street_now")
    | dict.fromkeys((N, U), "academy")
    | dict.fromkeys((G, J, Q), "programme_problems")
    | {V: "programme_calls"}
)


@dataclass(frozen=True)
class Row:
    method: str
    sample: str
    allowed: Set[Role] | None
    statuses: Set[int] = frozenset({200})
    hidden_from: Set[Role] = frozenset()
    sent_to: Mapping[Role, str] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    api: bool = False
    strangers: Set[int] = frozenset()


TABLE: dict[str, list[Row]] = {
    # Photographs and readings
    "capture": [
        Row("get", "", READS, sent_to=FIRST_PAGE, strangers={200}),
        Row("post", "", READS, {422}, sent_to=FIRST_PAGE),
    ],
    "privacy": [Row("get", "", ANYBODY)],
    "readings": [Row("get", "", SEES)],
    "reading": [Row("get", "reading_of_another", SEES_ALL, hidden_from={O})],
    "read_again": [Row("post", "reading_of_another", READS - {O}, {302}, hidden_from={O})],
    "read_marks": [Row("post", "reading_of_another", READS - {O}, {302}, hidden_from={O})],
    "designs": [Row("get", "", SEES | {H})],
    "design": [Row("get", "registered_design", SEES, hidden_from={H})],
    "picture": [Row("get", "photograph_of_another", SEES_ALL, hidden_from={O, H})],
    # Captures from phones, and the installable app
    "receive_capture": [Row("post", "", READS, {422})],
    "capture_session": [Row("get", "", READS)],
    "find_importers": [Row("get", "", {O, S})],
    "read_codes": [Row("post", "", READS, {422})],
    "own_capture": [Row("get", "capture_of_another", frozenset(), hidden_from=READS)],
    "read_capture": [Row("post", "capture_of_another", frozenset(), hidden_from=READS)],
    "offline_capture": [Row("get", "korean", ANYBODY)],
    "app_manifest": [Row("get", "korean", ANYBODY)],
    "service_worker": [Row("get", "", ANYBODY)],
    # Accounts
    "sign_in": [Row("get", "", ANYBODY, {200, 302})],
    "forgotten": [Row("get", "", ANYBODY), Row("post", "", ANYBODY)],
    "second_step": [Row("get", "", ANYBODY, {302})],
    "second_step_set_up": [Row("get", "", ANYBODY, {302})],
    "square_code": [Row("get", "", ANYBODY, {404})],
    "openid_start": [Row("get", "", ANYBODY, {404})],
    "openid_back": [Row("get", "", ANYBODY, {404})],
    "sign_out": [Row("post", "", ANYBODY, {302})],
    "notice_link": [Row("get", "unknown_link", ANYBODY), Row("post", "unknown_link", ANYBODY, {422})],
    "linked_notice": [Row("get", "", ANYBODY, {404})],
    "linked_pdf": [Row("get", "", ANYBODY, {404})],
    "linked_picture": [Row("get", "unknown_picture", ANYBODY, {404})],
    "linked_statement": [Row("post", "", ANYBODY, {404})],
    "linked_electronic": [Row("post", "", ANYBODY, {404})],
    "linked_paper": [Row("post", "", ANYBODY, {404})],
    "invitation": [Row("get", "invitation", ANYBODY), Row("post", "invitation", ANYBODY, {422})],
    "account": [Row("get", "", SIGNED_IN)],
    "kept_form": [Row("get", "kept_form_of_another", SIGNED_IN, {302})],
    "account_contact": [Row("post", "", SIGNED_IN, {302})],
    "account_password": [Row("get", "", SIGNED_IN), Row("post", "", SIGNED_IN, {422})],
    "account_second_step": [Row("get", "", SIGNED_IN), Row("post", "", SIGNED_IN, {302})],
    # Their addresses are without HTTPS here: tests/common/web/test_passkeys.py signs in at one that has a name.
    "passkey_ask": [Row("post", "", ANYBODY, {422})],
    "passkey_sign_in": [Row("post", "", ANYBODY, {422})],
    "passkey_add": [Row("get", "", SIGNED_IN), Row("post", "", SIGNED_IN, {422})],
    "passkey_remove": [Row("post", "passkey_of_another", frozenset(), hidden_from=SIGNED_IN)],
    "account_recovery_codes": [Row("get", "", SIGNED_IN, {302}), Row("post", "", SIGNED_IN, {302})],
    "end_other_sessions": [Row("post", "", SIGNED_IN, {302})],
    "end_session": [Row("post", "session_of_another", frozenset(), hidden_from=SIGNED_IN)],
    "accounts": [Row("get", "", {M})],
    "account_new": [Row("get", "", {M}), Row("post", "", {M}, {422})],
    "account_admin": [Row("get", "account_of_another", {M})],
    "account_change": [
        Row("post", "roles_of_another", {M}, {302}, data={"reason": "moved to another team", "roles": ["auditor"]}),
        Row("post", "suspension_of_another", {M}, {302}, data={"reason": "left the customs house"}),
    ],
    "set_language": [Row("post", "", ANYBODY, {302})],
    # Audit, statistics, retention
    "audit": [Row("get", "", {A, M})],
    "audit_export": [Row("post", "", {A, M}, data={"format": "csv"}), Row("post", "", {A, M}, {422})],
    "audit_chain": [Row("get", "", {A, M})],
    "audit_check": [Row("post", "", {A, M}, {302})],
    "audit_anchor": [Row("post", "", {A, M})],
    "audit_clock": [Row("post", "", {M}, {422})],
    "audit_compare": [Row("post", "", {A, M}, {422})],
    "statistics": [Row("get", "", {O, S, A, M})],
    "found_later": [Row("get", "", {S}), Row("post", "", {S}, {422})],
    "retention": [Row("get", "", {S, A, M})],
    "deletion_propose": [Row("post", "", {M}, {422})],
    "hold_place": [Row("post", "", {S, M}, {422})],
    "hold_lift": [Row("post", "hold_of_another", {S, M}, {422})],
    "deletion": [Row("get", "deletion_of_another", {S, A, M})],
    "deletion_confirm": [Row("post", "deletion_of_another", {S, M}, {422})],
    "deletion_withdraw": [Row("post", "deletion_of_another", {S, M}, {422})],
    "certificate_json": [Row("get", "deletion_done", {S, A, M})],
    "certificate_pdf": [Row("get", "deletion_done", {S, A, M})],
    # Cases, work lists, parties and sites, on customs' side
    "case_from_reading": [Row("post", "reading_of_another", {S}, {302}, hidden_from={O})],
    "reading_notify": [Row("get", "reading_of_another", {S}, {302}, hidden_from={O})],
    "cases": [Row("get", "", SEES)],
    "cases_act": [Row("post", "", {O, S}, {422}, data={"act": "close"})],
    "cases_export": [Row("get", "csv_format", SEES)],
    "case_filter_save": [Row("post", "", SEES, {302}, data={"name": "mine"})],
    "case_filter_delete": [Row("post", "filter_of_another", frozenset(), hidden_from=SEES)],
    "case": [Row("get", "open_case_of_another", SEES_ALL, hidden_from={O})],
    "case_act": [Row("post", "open_case_of_another", {S}, {409}, hidden_from={O}, data={"step": "nothing_close"})],
    "case_declared": [Row("post", "open_case_of_another", {S}, {409}, hidden_from={O})],
    "case_assign": [Row("post", "open_case_of_another", frozenset(), hidden_from={O, S})],
    "case_notify": [Row("get", "open_case_of_another", {S}, {302}, hidden_from={O})],
    "case_importer": [Row("get", "open_case_of_another", {S}, hidden_from={O})],
    "case_confirm": [
        Row("post", "open_case_of_another", {S}, {422}, hidden_from={O}, data={"photograph": "1"}),
    ],
    "case_confirm_withdraw": [Row("post", "confirmed_of_another", {S}, {422}, hidden_from={O})],
    "case_ask_appraisal": [Row("post", "open_case_of_another", {S}, {422}, hidden_from={O})],
    "deliveries": [Row("get", "", {S, M})],
    "settle_delivery": [Row("post", "unknown_delivery", {S, M}, {422})],
    "case_electronic": [Row("post", "electronic_of_another", {S}, {422}, hidden_from={O})],
    "case_service": [Row("post", "told_notice_of_another", {S}, {422}, hidden_from={O})],
    "case_documents": [Row("post", "open_case_of_another", {S}, {422}, hidden_from={O})],
    "case_party": [Row("get", "place_of_another", {S}, hidden_from={O})],
    "document": [Row("get", "document_of_another", SEES_ALL, hidden_from={O, H, I, P})],
    "document_suit": [Row("post", "document_of_another", {S}, {422}, hidden_from={O})],
    "document_share": [Row("post", "document_of_another", {S}, {302}, hidden_from={O})],
    "parties": [Row("get", "", {S, M})],
    "party_new": [Row("get", "", {S, M}), Row("post", "", {S, M}, {422})],
    "party": [Row("get", "party_of_another", {S, M})],
    "party_change": [Row("post", "facts_of_party", {S, M}, {422})],
    "law": [Row("get", "", SEES)],
    "holidays": [Row("get", "", {M}), Row("post", "", {M}, {422})],
    "holiday_withdraw": [Row("post", "holiday_of_the_site", {M}, {422})],
    "sites": [Row("get", "", {S, M}), Row("post", "", {S, M}, {422})],
    "site": [Row("get", "site_of_customs", {S, M})],
    # Right holders, importers, appraisers
    "notices": [Row("get", "", {H, I, P})],
    "notice": [Row("get", "notice_of_another", frozenset(), hidden_from={H, I, P})],
    "notice_pdf": [Row("get", "notice_of_another", SEES_ALL, hidden_from={O, H, I, P})],
    "notice_picture": [Row("get", "notice_picture_of_another", frozenset(), hidden_from={H, I, P})],
    "notice_answer": [Row("post", "notice_of_another", frozenset(), hidden_from={H})],
    "notice_suspension": [Row("post", "notice_of_another", frozenset(), hidden_from={H})],
    "notice_no_request": [Row("post", "notice_of_another", frozenset(), hidden_from={H})],
    "notice_statement": [Row("post", "notice_of_another", frozenset(), hidden_from={I})],
    "notice_electronic": [Row("post", "notice_of_another", frozenset(), hidden_from={H, I, P})],
    "notice_paper": [Row("post", "notice_of_another", frozenset(), hidden_from={H, I, P})],
    "notice_appraisal": [Row("post", "notice_of_another", frozenset(), hidden_from={H, I, P})],
    "party_document": [Row("get", "paper_of_another", frozenset(), hidden_from={H, I, P})],
    "guides": [Row("get", "", {H})],
    "guide_new": [Row("get", "", {H}), Row("post", "", {H})],
    "guide": [Row("get", "guide_of_another", frozenset(), hidden_from={H})],
    "guide_withdraw": [Row("post", "guide_of_another", frozenset(), hidden_from={H})],
    "guide_picture": [Row("get", "guide_picture_of_another", SEES, hidden_from={H, I, P})],
    # API: its operations have a table of their own, by method and body (tests/api/operations.py)
    "api_description": [Row("get", "", ANYBODY)],
    "api_page": [Row("get", "", ANYBODY)],
    "api_nowhere": [
        Row("get", "nowhere_of_the_api", ANYBODY, {404}),
        Row("post", "nowhere_of_the_api", ANYBODY, {404}),
    ],
    **{name: [] for name in URL_NAMES},
    "tokens": [Row("get", "", STAFF | {B}), Row("post", "", STAFF | {B}, {422})],
    "revoke_token": [Row("post", "token_of_another", frozenset(), hidden_from=STAFF | {B})],
    "systems": [Row("get", "", {M}), Row("post", "", {M}, {422})],
    "webhooks": [Row("get", "", SEES | {H, Z}), Row("post", "", SEES | {H, Z}, {422})],
    "webhook": [Row("get", "webhook_of_another", frozenset(), hidden_from=SEES | {H, Z})],
    "remove_webhook": [Row("post", "webhook_of_another", frozenset(), hidden_from=SEES | {H, Z})],
    "ping_webhook": [Row("post", "webhook_of_another", frozenset(), hidden_from=SEES | {H, Z})],
    "send_webhook_again": [Row("post", "webhook_message_of_another", frozenset(), hidden_from=SEES | {H, Z})],
    # Proving lab
    # The academy
    "academy": [Row("get", "", TRAINS)],
    "academy_begin": [Row("post", "", TRAINS, {404})],
    "academy_sitting": [Row("get", "sitting_of_another", set(), hidden_from=TRAINS)],
    "academy_next": [Row("post", "sitting_of_another", set(), hidden_from=TRAINS)],
    "academy_decide": [Row("post", "sitting_of_another", set(), hidden_from=TRAINS)],
    "academy_confidence": [Row("post", "sitting_of_another", set(), hidden_from=TRAINS)],
    "academy_pause": [Row("post", "sitting_of_another", set(), hidden_from=TRAINS)],
    "academy_go_on": [Row("post", "sitting_of_another", set(), hidden_from=TRAINS)],
    "academy_end": [Row("post", "sitting_of_another", set(), hidden_from=TRAINS)],
    "academy_ahead": [Row("post", "sitting_of_another", set(), hidden_from=TRAINS)],
    "academy_result": [Row("get", "sitting_of_another", set(), hidden_from=TRAINS)],
    "academy_preview": [Row("get", "academy_view_of_another", set(), hidden_from=TRAINS)],
    "academy_planes": [Row("get", "academy_view_of_another", set(), hidden_from=TRAINS)],
    "academy_sealed": [Row("get", "academy_view_of_another", set(), hidden_from=TRAINS)],
    "academy_results": [Row("get", "", TRAINS)],
    "academy_person": [Row("get", "trainee_of_another", set(), hidden_from={U})],
    "academy_ledger": [Row("get", "", TRAINS)],
    "academy_ledgers": [Row("get", "", {A})],
    "academy_certificate": [Row("get", "certificate_of_another", set(), hidden_from=TRAINS)],
    "academy_paper": [Row("get", "certificate_of_another", set(), hidden_from=TRAINS)],
    "academy_courses": [Row("get", "", {U}), Row("post", "", {U}, {422})],
    "academy_course_close": [Row("post", "academy_course", {U}, {422})],
    "academy_draw": [Row("post", "academy_course", {U}, {422})],
    "academy_material": [Row("get", "", {U, Z})],
    "academy_seizure": [
        Row("get", "find_elsewhere", set(), hidden_from={U, Z}),
        Row("post", "find_elsewhere", set(), hidden_from={U, Z}),
    ],
    "academy_seizure_view": [Row("get", "view_of_find_elsewhere", set(), hidden_from={U, Z})],
    "academy_article": [Row("get", "article_in_review", {U, Z})],
    "academy_article_preview": [Row("get", "preview_of_no_place", set(), hidden_from={U, Z})],
    "academy_article_send": [Row("post", "article_in_review", {U, Z}, {422})],
    "academy_article_accept": [Row("post", "article_in_review", {U, Z}, {422})],
    "academy_article_back": [Row("post", "article_in_review", {U, Z}, {422})],
    "academy_article_retire": [Row("post", "article_in_review", {U, Z}, {422})],
    "academy_picture_view": [
        Row("get", "view_of_training", {U, Z}),
        Row("get", "view_of_sealed", set(), hidden_from={U, Z}),
    ],
    "academy_fill": [Row("post", "", {U, Z}, {422})],
    "academy_picture_retire": [
        Row("post", "picture_of_seizure", {U, Z}, {422}),
        Row("post", "sealed_picture", set(), hidden_from={U, Z}),
    ],
    "academy_realism": [Row("get", "", {U, Z}), Row("post", "", {U, Z}, {422})],
    "academy_realism_image": [Row("get", "first_view", set(), hidden_from={U, Z})],
    "academy_realism_figures": [Row("get", "", TRAINS | {A})],
    "academy_forms": [Row("get", "", {U, Z})],
    "academy_form": [Row("get", "certificate_test", {U, Z})],
    "academy_form_view": [Row("get", "view_of_certificate_test", {U, Z})],
    "academy_form_look": [Row("post", "certificate_test", {U, Z}, {422})],
    "academy_sets": [Row("get", "", {U, Z})],
    "academy_set": [Row("get", "measuring_set", {U, Z})],
    "academy_set_view": [Row("get", "view_of_measuring_set", {U, Z})],
    "academy_set_look": [Row("post", "measuring_set", {U, Z}, {422})],
    "academy_retired": [Row("get", "", {U, Z})],
    "academy_retire_oldest": [Row("post", "", {U, Z}, {422})],
    "academy_retirement_confirm": [Row("post", "proposed_retirement", {U, Z}, {302, 422})],
    "academy_retirement_withdraw": [Row("post", "proposed_retirement", {U, Z}, {422})],
    "academy_case": [Row("get", "", TRAINS)],
    "academy_case_say": [Row("post", "released_case_lesson", TRAINS, {422})],
    "academy_case_photograph": [Row("get", "released_case_lesson", TRAINS)],
    "academy_case_choice": [Row("get", "choice_of_case_lesson", TRAINS)],
    "academy_case_answer": [Row("get", "case_answer_of_another", set(), hidden_from=TRAINS)],
    "academy_case_material": [Row("get", "", {O, S})],
    "academy_case_prepare": [
        Row("get", "open_case_of_another", set(), hidden_from={O, S}),
        Row("post", "open_case_of_another", set(), hidden_from={O, S}),
    ],
    "academy_case_source": [Row("get", "photograph_of_open_case", set(), hidden_from={O, S})],
    "academy_case_lesson": [Row("get", "released_case_lesson", {S}, hidden_from={O})],
    "academy_case_release": [Row("post", "released_case_lesson", {S}, {422})],
    "academy_case_retire": [Row("post", "released_case_lesson", {S}, {422}, hidden_from={O})],
    "academy_groups": [Row("get", "", {U}), Row("post", "", {U}, {422})],
    "academy_group": [Row("get", "group_of_another", set(), hidden_from={U})],
    "academy_group_add": [Row("post", "group_of_another", set(), hidden_from={U})],
    "academy_group_end": [Row("post", "member_of_another", set(), hidden_from={U})],
    "academy_group_assign": [Row("post", "group_of_another", set(), hidden_from={U})],
    "academy_group_close": [Row("post", "group_of_another", set(), hidden_from={U})],
    "academy_open": [Row("get", "", TRAINS | {B})],
    "academy_open_course": [
        Row("get", "open_course", TRAINS | {B}),
        Row("post", "open_course", TRAINS | {B}, {422}),
    ],
    "academy_open_notebook": [Row("get", "open_course", TRAINS | {B})],
    "academy_open_completion": [
        Row("get", "open_course", TRAINS | {B}, {404}),
        Row("post", "open_course", TRAINS | {B}, {409}),
    ],
    # X-ray
    "xray_desk": [Row("get", "", {X, Z})],
    "xray_next": [Row("post", "", {X, Z}, {302})],
    "xray_read": [Row("get", "inspection_elsewhere", set(), hidden_from={X, Z})],
    "xray_decide": [Row("post", "inspection_elsewhere", set(), hidden_from={X, Z})],
    "xray_take_back": [Row("post", "inspection_elsewhere", set(), hidden_from={X, Z})],
    "xray_inspections": [Row("get", "", {X, Y, Z, A, M})],
    "xray_inspection": [Row("get", "inspection_elsewhere", {A, M}, hidden_from={X, Y, Z})],
    "xray_opening": [Row("post", "inspection_elsewhere", set(), hidden_from={Y, Z})],
    "xray_read_again": [Row("post", "inspection_elsewhere", set(), hidden_from={Z})],
    "xray_preview": [Row("get", "scan_view_elsewhere", {A, M}, hidden_from={X, Y, Z})],
    "xray_small": [Row("get", "scan_view_elsewhere", {A, M}, hidden_from={X, Y, Z})],
    "xray_planes": [Row("get", "scan_view_elsewhere", {A, M}, hidden_from={X, Y, Z})],
    "xray_sealed": [Row("get", "scan_view_elsewhere", set(), hidden_from={X, Z})],
    "xray_ahead": [Row("post", "", {X, Z})],
    "xray_figures_file": [Row("get", "as_csv", {X, Z, A, M})],
    "scan_retention": [Row("get", "", {Z, A, M})],
    "scan_deletion_propose": [Row("post", "", {M}, {422})],
    "scan_hold": [Row("post", "", {Z, M}, {422})],
    "scan_hold_lift": [Row("post", "scan_hold_elsewhere", {M}, {422}, hidden_from={Z})],
    "scan_deletion": [Row("get", "scan_deletion", {Z, A, M})],
    "scan_deletion_confirm": [Row("post", "scan_deletion", {Z, M}, {422})],
    "scan_deletion_withdraw": [Row("post", "scan_deletion", {Z, M}, {422})],
    "scan_certificate_json": [Row("get", "scan_deletion", {Z, A, M}, {404})],
    "scan_certificate_pdf": [Row("get", "scan_deletion", {Z, A, M}, {404})],
    "xray_containers": [Row("get", "", {X, Z, A, M})],
    "xray_empty": [Row("post", "", {Z, M}, {422})],
    "xray_measure": [Row("post", "", {Z, M}, {404})],
    "xray_empty_withdraw": [Row("post", "empty_container_elsewhere", {M}, {422}, hidden_from={Z})],
    "xray_import": [Row("get", "", {Z, M}), Row("post", "", {Z, M}, {422})],
    "xray_figures": [Row("get", "", {X, Z, A, M})],
    # Streetlights
    "street_now": [Row("get", "", {R, K, T, A, M})],
    "street_live": [Row("get", "", {R, K, T, A, M})],
    "street_alert": [Row("get", "raised_alert", {R, K, T, A, M})],
    "street_decide": [Row("post", "raised_alert", {R, K}, {422}, data={"what": "close"})],
    # A pole signs in with its own password.
    "street_sensorthings": [
        Row("get", "sensorthings_path", {R, K, T, A, M}, api=True),
        Row("post", "sensorthings_path", {T}, {400}, api=True),
    ],
    "street_messages": [Row("post", "pole_key", ANYBODY, {401})],
    "street_replays": [Row("get", "", {R, K, T, A, M})],
    "street_poles": [Row("get", "", {R, K, T, A, M})],
    "street_alert_live": [Row("get", "raised_alert", {R, K, T, A, M})],
    "street_pole": [Row("get", "acting_pole_of_site", {R, K, T, A, M})],
    "street_order": [Row("post", "acting_pole_of_site", {R}, {422})],
    "street_command_decide": [Row("post", "device_command", {R}, {422}, data={"what": "was-done"})],
    "street_warn": [Row("get", "raised_alert", {R}), Row("post", "raised_alert", {R}, {422})],
    "street_warnings": [Row("get", "", {R, K, T, A, M})],
    "street_warning": [Row("get", "resident_warning", {R, K, T, A, M})],
    "street_warning_decide": [Row("post", "resident_warning", {R}, {422})],
    "street_cap": [Row("get", "issued_warning", {R, K, T, A, M})],
    "street_trials": [Row("get", "", ANYBODY)],
    "street_trials_kept": [Row("get", "", {T}), Row("post", "", {T}, {422})],
    "street_trial_conclude": [Row("post", "registered_trial", {T}, {422})],
    "street_bookings": [Row("get", "", {R, K, T, A, M})],
    "street_book": [Row("post", "", {T}, {422})],
    "street_booking_cancel": [Row("post", "standing_booking", {T}, {422})],
    "street_calendar": [Row("get", "", {R, K, T, A, M})],
    "street_map": [Row("get", "", {R, K, T, A, M})],
    "street_map_then": [Row("get", "", {R, K, T, A, M})],
    "street_tile_then": [Row("get", "tile_of_a_moment", {R, K, T, A, M})],
    "street_boundaries": [Row("get", "", {R, K, T, A, M})],
    "street_tile": [Row("get", "map_tile", {R, K, T, A, M})],
    "street_silences": [Row("get", "", {R, K, T, A, M})],
    "street_silence": [Row("post", "", {R}, {422})],
    "street_silence_end": [Row("post", "standing_silence", {R}, {422})],
    "street_maintenance": [Row("post", "", {T}, {422})],
    "street_works": [Row("get", "", {R, K, T, A, M})],
    "street_work_new": [Row("get", "", {R, T}), Row("post", "", {R, T}, {422})],
    "street_work": [Row("get", "made_work", {R, K, T, A, M})],
    "street_work_keep": [Row("post", "made_work", {R, T}, {422})],
    "street_work_do": [Row("post", "made_work", {K}, {422})],
    "street_figures": [Row("get", "", {R, K, T, A, M})],
    "street_take_out": [Row("get", "csv_format", {R, K, T, A, M})],
    "street_energy": [Row("get", "", {R, K, T, A, M})],
    "street_energy_out": [Row("get", "csv_format", {R, K, T, A, M})],
    "street_records": [Row("get", "", {R, K, T, A, M})],
    "street_record": [Row("post", "", {R, T}, {422})],
    "street_record_table": [Row("post", "", {R, T}, {422})],
    "street_record_withdraw": [Row("post", "outside_record", {R, T}, {422})],
    # The proving lab
    "lab": [Row("get", "", IN_LAB)],
    # Proving lab: shadow trials
    "trials": [Row("get", "", {L, A, E, F})],
    "trial_new": [Row("get", "", {E, F}), Row("post", "", {E, F}, {422})],
    "trial": [Row("get", "shadow_trial", {L, A, E, F})],
    "trial_change": [Row("get", "shadow_trial", {E, F}), Row("post", "shadow_trial", {E, F}, {422})],
    "trial_register": [Row("post", "shadow_trial", {E}, {422}, data={"reason": "fits the plan"})],
    "trial_move": [Row("post", "shadow_trial", {E, F}, {422}, data={"to": "running", "reason": "fits the plan"})],
    "trial_look": [Row("post", "shadow_trial", {E, F}, {302})],
    "trial_unblind": [Row("post", "shadow_trial", {E}, {422}, data={"reason": "fits the plan"})],
    "trial_judge": [Row("post", "shadow_trial", {E}, {422}, data={"reason": "fits the plan"})],
    "trial_answer": [Row("post", "shadow_trial", {F}, {422}, data={"to": "accepted", "reason": "fits the plan"})],
    "trial_hand_over": [Row("post", "shadow_trial", {E}, {422}, data={"reason": "fits the plan"})],
    "trial_signed": [Row("get", "shadow_trial", {L, A, E, F}, {404})],
    "trial_verdict": [Row("get", "shadow_trial", {L, A, E, F}, {404})],
    "trial_report": [Row("get", "shadow_trial", {L, A, E, F}, {404})],
    "trial_new_assisted": [Row("get", "", {E, F}), Row("post", "", {E, F}, {422})],
    "assisted_trials": [Row("get", "", {O, S})],
    "assisted_trial": [Row("get", "shadow_trial", frozenset(), hidden_from={O, S})],
    "assisted_open": [Row("post", "unknown_reading", frozenset(), hidden_from={O, S})],
    "assisted_answer": [Row("post", "unknown_reading", frozenset(), hidden_from={O, S})],
    "assisted_photograph": [Row("get", "unknown_reading_photograph", frozenset(), hidden_from={O, S})],
    "random_checks": [Row("get", "", {O, S})],
    "random_check": [Row("get", "unknown_draw", frozenset(), hidden_from={O, S})],
    # Proving lab: problems and registrations
    "problems": [Row("get", "", IN_LAB)],
    "problem_new": [Row("get", "", {F}), Row("post", "", {F}, {422})],
    "problem": [Row("get", "problem_of_another", IN_LAB)],
    "problem_public": [Row("get", "problem_of_another", IN_LAB)],
    "problem_lock": [Row("post", "problem_of_another", {E}, {422})],
    # Proving lab: submissions and runs
    "submissions": [Row("get", "", {B})],
    "submission_new": [Row("get", "", {B}), Row("post", "", {B}, {422})],
    "submission": [Row("get", "submission_of_another", frozenset(), hidden_from={B})],
    "submission_confirm": [Row("post", "submission_of_another", frozenset(), hidden_from={B})],
    "lab_queue": [Row("get", "", {L, A, E, C})],
    "lab_run": [Row("get", "run_of_the_lab", {L, A, E, C})],
    "cancel_lab_run": [Row("post", "run_of_the_lab", {L}, {422})],
    "lab_run_again": [Row("post", "run_of_the_lab", {L}, {422}, data={"reason": "a try"})],
    # Proving lab: vault
    "deposits": [Row("get", "", {D, L, A})],
    "deposit_new": [Row("get", "", {D}), Row("post", "", {D}, {422})],
    "vault_question": [Row("get", "", {D, L, A}), Row("post", "", {D, L, A}, data={"record": "26-1"})],
    "deposit": [Row("get", "deposit_of_another", {D, L, A})],
    "deposit_files": [Row("post", "deposit_of_another", {D}, {422})],
    "deposit_look_through": [Row("post", "deposit_of_another", {D}, {302})],
    "deposit_croissant": [Row("get", "deposit_of_another", {D, L, A})],
    "vault_grant": [Row("post", "deposit_of_another", {D}, {422})],
    "deposit_confirm_sharing": [
        Row("post", "held_document_of_another", {D}, {302}, data={"reason": "looked at every page"})
    ],
    "vault_grant_revoke": [Row("post", "grant_of_another", {D}, {302}, data={"reason": "no longer needed"})],
    "vault_deletion_propose": [Row("post", "deposit_of_another", {D}, {302}, data={"reason": "asked by the owner"})],
    "vault_deletion": [Row("get", "vault_deletion_of_another", {D, L, A})],
    "vault_deletion_confirm": [Row("post", "vault_deletion_of_another", {D, L}, {422})],
    "vault_deletion_withdraw": [Row("post", "vault_deletion_of_another", {D, L}, {422})],
    "vault_certificate": [Row("get", "vault_deletion_done", {D, L, A})],
    # Proving lab: results and their release
    "results": [Row("get", "", IN_LAB)],
    "result": [
        Row("get", "result_of_another", {L, A, E, C}, hidden_from={M, D, F, B}),
        Row("get", "feedback_of_another", {L, A, E, C}, hidden_from={M, D, F, B}),
    ],
    "result_pdf": [
        Row("get", "result_of_another", {L, A, E, C}, hidden_from={M, D, F, B}),
        Row("get", "feedback_of_another", frozenset(), hidden_from=IN_LAB),
    ],
    "result_json": [Row("get", "result_of_another", {L, A, E, C}, hidden_from={M, D, F, B})],
    "result_release": [
        Row("get", "result_of_another", {E, C}),
        Row("post", "result_of_another", {E, C}, {422}),
    ],
    "result_recompute": [Row("post", "result_of_another", {L, A, E, C}, {422})],
    # Proving lab: proofs, exports, public register
    "proofs": [Row("get", "", {L, A, E, F, B, C})],
    "proof_make": [Row("post", "", {E}, {422})],
    "proof_import": [Row("post", "", {E}, {422})],
    "proof_key": [Row("post", "", {E}, {422})],
    "proof_site_key": [Row("get", "", {L, A, E, F, B, C})],
    "proof": [Row("get", "proof_of_another", {L, A, E, F, C}, hidden_from={B})],
    "proof_pack": [Row("get", "proof_of_another", {L, A, E, F, C}, hidden_from={B})],
    "proof_renew": [Row("post", "proof_of_another", {L, A, E, F, C}, {422}, hidden_from={B})],
    "acceptance_register": [Row("post", "proof_of_another", {E}, {422})],
    "acceptance_measure": [Row("post", "acceptance_of_another", {E}, {422})],
    "acceptance_decide": [Row("post", "acceptance_of_another", {F}, {422})],
    "exports": [Row("get", "", IN_LAB)],
    "export_new": [Row("get", "", {L, E, F}), Row("post", "", {L, E, F}, {422})],
    "export": [Row("get", "export_of_another", {A, C}, hidden_from=IN_LAB - {A, C})],
    "export_put_file": [Row("post", "export_of_another", frozenset(), hidden_from={L, E, F})],
    "export_drop_file": [Row("post", "export_file_of_another", frozenset(), hidden_from={L, E, F})],
    "export_submit": [Row("post", "export_of_another", frozenset(), hidden_from={L, E, F})],
    "export_withdraw": [Row("post", "export_of_another", frozenset(), hidden_from={L, E, F})],
    "export_file": [Row("get", "export_file_of_another", {C}, hidden_from=IN_LAB - {C})],
    "export_vote": [Row("post", "export_of_another", {C}, {422})],
    "export_release": [Row("post", "export_of_another", {C}, {422})],
    "glossary": [Row("get", "", ANYBODY)],
    "public_register": [Row("get", "", ANYBODY)],
    "public_register_json": [Row("get", "", ANYBODY)],
    # The programme desk: problems of the field
    "public_problems": [Row("get", "", ANYBODY)],
    "public_problem": [
        Row("get", "public_field_problem", ANYBODY),
        Row("get", "hidden_field_problem_number", ANYBODY, {404}),
    ],
    "programme_problems": [Row("get", "", HAS_PROBLEMS | {A, M})],
    "programme_propose": [Row("get", "", HAS_PROBLEMS), Row("post", "", HAS_PROBLEMS, {422})],
    "programme_problem": [Row("get", "field_problem", KEEPS_PROBLEMS | {A, M}, hidden_from={H, I, P, B, N})],
    "programme_reword": [
        Row("get", "field_problem", {G, Q}, hidden_from=HAS_PROBLEMS - {G, Q}),
        Row("post", "field_problem", {G, Q}, {422}, hidden_from=HAS_PROBLEMS - {G, Q}),
    ],
    "programme_problem_act": [
        Row(
            "post", "field_problem", {G, Q}, {422}, hidden_from=(HAS_PROBLEMS | {A, M}) - {G, Q}, data={"act": "merge"}
        ),
        Row("post", "field_problem", {J}, {422}, hidden_from=(HAS_PROBLEMS | {A, M}) - {J}, data={"act": "accept"}),
    ],
    "programme_share": [Row("post", "field_problem", KEEPS_PROBLEMS, {422}, hidden_from={H, I, P, B, N})],
    "programme_begin": [
        Row("get", "accepted_field_problem", {Q}),
        Row("post", "accepted_field_problem", {Q}, {422}),
    ],
    # The programme desk: challenges
    "public_challenges": [Row("get", "", ANYBODY)],
    "public_challenge": [Row("get", "public_challenge", ANYBODY), Row("get", "hidden_challenge", ANYBODY, {404})],
    "programme_challenges": [Row("get", "", SEES_CHALLENGES)],
    "programme_challenge_new": [Row("get", "", {Q}), Row("post", "", {Q}, {422})],
    "programme_challenge": [
        Row("get", "challenge_of_another", SEES_CHALLENGES),
        Row("get", "draft_of_a_challenge", {G, J, Q, A, M}, hidden_from={B, F, E}),
    ],
    "programme_challenge_alter": [Row("post", "draft_of_a_challenge", {Q}, {422})],
    "programme_challenge_step": [Row("post", "draft_of_a_challenge", {Q}, {422}, data={"act": "announce"})],
    "programme_challenge_register": [Row("post", "challenge_of_another", {B}, {422})],
    "programme_challenge_join": [Row("post", "challenge_of_another", {B}, {422})],
    "programme_challenge_team": [Row("get", "team_of_another", frozenset(), hidden_from={B})],
    "programme_challenge_word": [Row("post", "team_of_another", frozenset(), hidden_from={B})],
    "programme_challenge_leave": [Row("post", "team_of_another", frozenset(), hidden_from={B})],
    # The programme desk: calls
    "public_calls": [Row("get", "", ANYBODY)],
    "public_call": [Row("get", "public_call", ANYBODY), Row("get", "hidden_call", ANYBODY, {404})],
    "programme_calls": [Row("get", "", SEES_CALLS)],
    "programme_call_new": [Row("get", "", {Q}), Row("post", "", {Q}, {422})],
    "programme_call": [
        Row("get", "call_of_another", SEES_CALLS),
        Row("get", "draft_of_a_call", {G, J, Q, A, M}, hidden_from={B, F, V}),
    ],
    "programme_call_redraft": [Row("post", "draft_of_a_call", {Q}, {422})],
    "programme_call_step": [
        Row("post", "draft_of_a_call", {G}, {422}, hidden_from={Q}, data={"act": "publish"}),
        Row("post", "draft_of_a_call", {G, Q}, {422}, data={"act": "cancel"}),
    ],
    "programme_apply": [Row("post", "call_of_another", {B}, {422})],
    "programme_applications": [Row("get", "", {G, J, Q, A, B, V})],
    "programme_application": [
        Row("get", "application_before_the_deadline", frozenset(), hidden_from={G, J, Q, A, B, V}),
        Row("get", "application_after_the_deadline", {G, J, Q, A}, hidden_from={B, V}),
    ],
    "programme_application_save": [Row("post", "application_before_the_deadline", frozenset(), hidden_from={B})],
    "programme_application_withdraw": [Row("post", "application_before_the_deadline", frozenset(), hidden_from={B})],
    "programme_application_add_file": [Row("post", "application_before_the_deadline", frozenset(), hidden_from={B})],
    "programme_application_drop_file": [Row("post", "file_of_an_application", frozenset(), hidden_from={B})],
    "programme_application_file": [
        Row("get", "file_of_an_application", {G, J, Q, A}, hidden_from={B, V}),
        Row("get", "file_before_the_deadline", frozenset(), hidden_from={G, J, Q, A, B, V}),
    ],
    "programme_resources": [Row("get", "", SEES_RESOURCES)],
    "programme_enter_resource": [Row("get", "", {Q}), Row("post", "", {Q}, {422})],
    "programme_resource": [Row("get", "trial_resource", SEES_RESOURCES)],
    "programme_reword_resource": [Row("post", "trial_resource", {Q}, {422})],
    "programme_book_resource": [Row("post", "trial_resource", {Q, F}, {422})],
    "programme_calendar": [Row("get", "trial_resource", SEES_RESOURCES)],
    "programme_cancel_booking": [Row("post", "trial_booking", {Q, F}, {422})],
    "public_data_sets": [Row("get", "", ANYBODY)],
    "public_data_set": [
        Row("get", "published_data_set", ANYBODY),
        Row("get", "private_data_set_number", ANYBODY, {404}),
    ],
    "public_croissant": [
        Row("get", "published_data_set", ANYBODY),
        Row("get", "private_data_set_number", ANYBODY, {404}),
    ],
    "programme_data_sets": [Row("get", "", SEES_DATA)],
    "programme_enter_data": [Row("get", "", {Q, D}), Row("post", "", {Q, D}, {422})],
    "programme_data_set": [Row("get", "data_set_of_another", SEES_DATA)],
    "programme_reword_data": [Row("post", "data_set_of_another", {Q, D}, {422})],
    "programme_data_version": [Row("post", "data_set_of_another", {Q, D}, {422})],
    "programme_look_through": [Row("post", "data_set_of_another", {Q, D}, {422})],
    "programme_look_vault": [Row("post", "data_set_of_another", {Q, D}, {422})],
    "programme_data_step": [
        Row("post", "data_set_of_another", {Q, D}, {422}, hidden_from=SEES_DATA - {Q, D}, data={"act": "offer"}),
        Row("post", "data_set_of_another", {G}, {422}, hidden_from=SEES_DATA - {G}, data={"act": "publish"}),
    ],
    "programme_croissant": [Row("get", "data_set_of_another", SEES_DATA)],
    "programme_quality": [Row("get", "quality_report_of_another", SEES_DATA)],
    "programme_quality_pdf": [Row("get", "quality_report_of_another", SEES_DATA)],
    "programme_quality_json": [Row("get", "quality_report_of_another", SEES_DATA)],
    "programme_call_review": [Row("get", "call_under_review", {G, J, Q, A})],
    "programme_call_review_step": [
        Row("post", "call_under_review", {Q}, {422}, data={"act": "time"}),
        Row("post", "call_under_review", {Q}, {422}, data={"act": "assign"}),
        Row("post", "call_under_review", {Q}, {422}, data={"act": "offer"}),
    ],
    "programme_call_vote": [Row("post", "call_under_review", {J}, {422})],
    "programme_review_release": [Row("post", "review_in_its_call", {Q}, {422})],
    "programme_reviews": [Row("get", "", {V})],
    "programme_review": [Row("get", "review_of_another", frozenset(), hidden_from={V})],
    "programme_review_mark": [Row("post", "review_of_another", frozenset(), hidden_from={V})],
    "programme_ties": [Row("get", "", {G, J, Q, V}), Row("post", "", {G, J, Q, V}, {422})],
    "programme_tie_of": [Row("post", "", {Q}, {422})],
    "programme_owner": [Row("post", "", {Q}, {422})],
    "programme_tie_back": [Row("post", "tie_of_another", {Q}, {422})],
    "programme_agreements": [Row("get", "", {G, J, Q, F, A, M})],
    "programme_agreement": [Row("get", "agreement_of_another", {G, J, Q, A, M}, hidden_from={F})],
    "programme_redraft": [Row("post", "agreement_of_another", {Q}, {422})],
    "programme_put_line": [Row("post", "agreement_of_another", {Q}, {422})],
    "programme_drop_line": [Row("post", "line_of_another", {Q}, {422})],
    "programme_amend": [Row("post", "agreement_of_another", {Q}, {422})],
    "programme_agreement_step": [Row("post", "agreement_of_another", {Q}, {422}, data={"act": "offer"})],
    "programme_sign": [Row("post", "agreement_of_another", {G, J}, {422}, hidden_from={F})],
    "programme_milestone": [Row("post", "agreement_of_another", {Q}, {422})],
    "programme_reached": [Row("post", "milestone_of_another", {Q}, {422})],
    "programme_evidence": [Row("get", "agreement_of_another", {G, J, Q, A, M}, hidden_from={F})],
    "programme_measure": [Row("post", "agreement_of_another", {Q}, {422})],
    "programme_measurement": [
        Row("get", "measurement_of_another", {G, J, Q, A, M}, hidden_from={F}, data={"again": "1"})
    ],
    "programme_portfolio": [Row("get", "", {G, J, Q, A, M})],
    "programme_use_answer": [Row("post", "term_of_another", {Q}, {422}, hidden_from={F})],
    "public_projects": [Row("get", "", ANYBODY)],
    "public_project": [
        Row("get", "signed_agreement_number", ANYBODY),
        Row("get", "drafted_agreement_number", ANYBODY, {404}),
    ],
    "programme_certify": [Row("post", "measurement_of_another", {G, Q}, {422})],
    "programme_certificate": [Row("get", "trial_certificate", {G, J, Q, A, M}, hidden_from={F})],
    "programme_certificate_step": [
        Row("post", "trial_certificate", {G, Q}, {422}, data={"act": "withdraw"}),
        Row("post", "drafted_trial_certificate", {G}, {422}, hidden_from={Q}, data={"act": "issue"}),
    ],
    "programme_certificate_pdf": [Row("get", "trial_certificate", {G, J, Q, A, M}, hidden_from={F})],
    "programme_certificate_facts": [Row("get", "trial_certificate", {G, J, Q, A, M}, hidden_from={F})],
    "verify_certificate": [Row("get", "", ANYBODY)],
    "verify_certificate_paper": [Row("get", "", ANYBODY, {404})],
    "verify_certificate_keys": [Row("get", "", ANYBODY)],
    "verify_certificate_facts": [Row("get", "", ANYBODY, {404})],
    # Outcomes of agreements
    "programme_outcomes": [Row("get", "", {G, J, Q, A, M, F})],
    "programme_outcomes_table": [Row("get", "outcomes_as_csv", {G, J, Q, A, M, F})],
    "programme_outcomes_of": [Row("get", "agreement_of_another", {G, J, Q, A, M}, hidden_from={F})],
    "programme_outcome_enter": [Row("post", "agreement_of_another", {Q}, {422})],
    "programme_outcome": [Row("get", "outcome_of_another", {G, J, Q, A, M}, hidden_from={F})],
    "programme_outcome_check": [Row("post", "outcome_of_another", {G, J}, {422})],
    "programme_outcome_file": [Row("get", "outcome_of_another", {G, J, Q, A, M}, hidden_from={F})],
    # Spread: hand-overs to and from other sites
    "public_spread": [Row("get", "", ANYBODY)],
    "programme_spread": [Row("get", "", SEES_SPREAD)],
    "programme_take": [Row("post", "", {Q}, {422})],
    "programme_keep_answer": [Row("post", "", {Q}, {422})],
    "programme_handed": [Row("get", "handed", SEES_SPREAD)],
    "programme_package": [Row("get", "handed", SEES_SPREAD)],
    "programme_taken": [Row("get", "taken_over", SEES_SPREAD)],
    "programme_to_lab": [Row("post", "taken_over", {E}, {422})],
    "programme_answer": [Row("post", "taken_over", {G}, {422})],
    "programme_answer_file": [Row("get", "taken_over_and_answered", SEES_SPREAD)],
    "programme_hand_over": [
        Row("get", "agreement_of_another", {Q}),
        Row("post", "agreement_of_another", {Q}, {422}),
    ],
    "programme_unshare": [Row("post", "field_problem", KEEPS_PROBLEMS, {422}, hidden_from={H, I, P, B, N})],
}
