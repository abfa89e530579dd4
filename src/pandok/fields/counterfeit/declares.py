"""What the counterfeit desk declares."""

from __future__ import annotations

from pandok.common.declared import Declares, Introduction, Link
from pandok.common.roles import Action as CommonAction
from pandok.core.text import Text
from pandok.fields.counterfeit.party_kinds import ASSOCIATION, IMPORTER
from pandok.fields.counterfeit.roles import MAY, Action, Role
from pandok.fields.counterfeit.states import TABLE
from pandok.fields.designs.roles import Action as ReadingAction

DECLARES = Declares(
    roles=Role,
    actions=Action,
    may=MAY,
    opens={
        "find parties": (Action.WORK_CASES,),
        "find designs": (Action.SEE_CASES, ReadingAction.SEE_OWN_READINGS),
        "readings of all sites": (Action.SEE_ALL_CASES,),
    },
    audit_keys=("notice", "document", "deletion", "hold"),
    party_kinds=(IMPORTER, ASSOCIATION),
    states=(TABLE,),
    jobs=(
        "pandok.fields.counterfeit.acts.learning.figure_jobs",
        "pandok.fields.counterfeit.acts.cases.dated_holidays",
        "pandok.fields.counterfeit.acts.retention.unused_files",
        "pandok.fields.counterfeit.acts.notices.follow_up",
        "pandok.fields.counterfeit.acts.notices.timed",
        "pandok.fields.counterfeit.acts.webhook_events",
    ),
    links=(
        Link(
            10,
            "cases",
            Text(ko="사건", en="Cases"),
            Action.SEE_CASE_FILES,
            ("case", "case_act", "cases_act", "case_notify", "case_party", "case_declared", "case_documents"),
        ),
        Link(20, "capture", Text(ko="촬영", en="Photograph"), ReadingAction.READ_PHOTOGRAPHS),
        Link(30, "readings", Text(ko="판독 기록", en="Readings"), ReadingAction.SEE_OWN_READINGS, ("reading",)),
        Link(40, "notices", Text(ko="받은 통지", en="Notices"), Action.SEE_TOLD_CASES, ("notice",)),
        Link(50, "guides", Text(ko="감별 안내", en="Guides"), Action.ANSWER_AS_HOLDER, ("guide", "guide_new")),
        Link(60, "designs", Text(ko="등록디자인", en="Register"), Action.SEE_REGISTER, ("design",)),
        Link(70, "statistics", Text(ko="통계", en="Statistics"), Action.SEE_STATISTICS, ("found_later",)),
        Link(90, "retention", Text(ko="보존", en="Retention"), Action.SEE_RETENTION, ("deletion",)),
        Link(
            110,
            "parties",
            Text(ko="당사자", en="Parties"),
            CommonAction.MANAGE_PARTIES,
            ("party", "party_new", "party_change", "sites", "site"),
        ),
        Link(120, "law", Text(ko="적용 법령", en="Law"), CommonAction.SEE_AUDIT),
        Link(130, "holidays", Text(ko="휴일", en="Holidays"), Action.KEEP_HOLIDAYS, ("holiday_withdraw",)),
    ),
    introduction=Introduction(
        Text(ko="위조상품 데스크", en="Counterfeit desk"),
        Text(
            ko="세관 공무원이 물품 사진으로 등록디자인과 권리자를 찾고, 통지부터 결과까지 사건을 처리합니다.",
            en="Customs officers find the registered design and its holder from a photograph of goods, and carry the "
            "case from the notice to its outcome.",
        ),
    ),
    webhook_events={
        "case.opened": Text(ko="사건 접수", en="A case was opened"),
        "case.moved": Text(ko="사건 상태 변경", en="A case came into another state"),
        "notice.answered": Text(ko="통지에 회신", en="A party answered a notice"),
        "case.closed": Text(ko="사건 종결", en="A case was closed"),
        "clock.reminder": Text(ko="기한 알림", en="A term is about to end"),
    },
    audit_words="pandok.fields.counterfeit.web.shown.case_history.audit_words",
    audit_values="pandok.fields.counterfeit.web.shown.audit_values.audit_values",
    audit_states="pandok.fields.counterfeit.web.shown.audit_values.audit_states",
    audit_title="pandok.fields.counterfeit.web.shown.audit_values.audit_title",
    waiting="pandok.fields.counterfeit.lists.cases.waiting_for",
    first_page="pandok.fields.counterfeit.web.views.capture.capture",
)
