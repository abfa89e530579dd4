"""What the programme desk declares."""

from __future__ import annotations

from pandok.common.declared import Declares, Introduction, Link, PublicPage
from pandok.core.text import Text
from pandok.fields.programme.agreement_states import AGREEMENTS
from pandok.fields.programme.application_states import APPLICATIONS
from pandok.fields.programme.call_states import CALLS
from pandok.fields.programme.card_states import CARDS
from pandok.fields.programme.certificate_states import CERTIFICATES
from pandok.fields.programme.challenge_states import CHALLENGES, TEAMS
from pandok.fields.programme.data_states import DATA_SETS
from pandok.fields.programme.post_states import NOTICES, POSTS
from pandok.fields.programme.review_states import REVIEWS, SELECTIONS
from pandok.fields.programme.roles import MAY, Action, Role
from pandok.fields.programme.states import PROBLEMS

_COUNTS = "pandok.fields.programme.lists.public_counts"

DECLARES = Declares(
    roles=Role,
    actions=Action,
    may=MAY,
    states=(
        *(AGREEMENTS, APPLICATIONS, CALLS, CERTIFICATES, PROBLEMS, DATA_SETS, REVIEWS, SELECTIONS),
        *(CHALLENGES, TEAMS, POSTS, NOTICES, CARDS),
    ),
    jobs=("pandok.fields.programme.acts.afterwards.asking", "pandok.fields.programme.acts.data_sets.quality_job"),
    audit_keys=(
        "data-set",
        "agreement",
        "trial-certificate",
        "field-problem",
        "programme-call",
        "call-application",
        "application-review",
        "call-selection",
        "reviewer-tie",
        *("hand-over", "outcome", "open-challenge", "challenge-team"),
        *("community-post", "programme-notice", "firm-card"),
    ),
    audit_words="pandok.fields.programme.web.shown.audit_values.audit_words",
    audit_values="pandok.fields.programme.web.shown.audit_values.audit_values",
    waiting="pandok.fields.programme.lists.afterwards.waiting",
    links=(
        Link(
            145,  # after what each role begins with
            "programme_problems",
            Text(ko="문제 등록부", en="Problems"),
            Action.SEE_PROBLEMS,
            ("programme_propose", "programme_problem", "programme_reword"),
        ),
        Link(
            146,
            "programme_agreements",
            Text(ko="협약", en="Agreements"),
            Action.SEE_AGREEMENTS,
            (
                "programme_agreement",
                "programme_begin",
                "programme_evidence",
                "programme_measurement",
                "programme_certificate",
            ),
        ),
        Link(
            147,
            "programme_calls",
            Text(ko="공모", en="Calls"),
            Action.SEE_CALLS,
            ("programme_call", "programme_call_new", "programme_call_review", "programme_ties"),
        ),
        Link(
            148,
            "programme_applications",
            Text(ko="공모 신청", en="Applications"),
            Action.SEE_APPLICATIONS,
            ("programme_application",),
        ),
        Link(
            151,
            "programme_reviews",
            Text(ko="신청 평가", en="Reviews"),
            Action.REVIEW_APPLICATIONS,
            ("programme_review",),
        ),
        Link(
            149,
            "programme_portfolio",
            Text(ko="약속과 결과", en="Promises and outcomes"),
            Action.SEE_ALL_AGREEMENTS,
        ),
        Link(
            152,
            "programme_data_sets",
            Text(ko="데이터 댐", en="Data sets"),
            Action.SEE_DATA_SETS,
            ("programme_data_set", "programme_enter_data", "programme_quality"),
        ),
        Link(
            151,
            "programme_outcomes",
            Text(ko="성과 원장", en="Outcomes"),
            Action.SEE_OUTCOMES,
            ("programme_outcome", "programme_outcomes_of"),
        ),
        Link(
            155,
            "programme_challenges",
            Text(ko="공개 경진", en="Challenges"),
            Action.SEE_CHALLENGES,
            ("programme_challenge", "programme_challenge_new", "programme_challenge_team", "programme_discussion"),
        ),
        Link(
            156,
            "programme_questions",
            Text(ko="질문과 알림", en="Questions and notices"),
            # Who works at a desk or answers a notice comes from the public page: a menu of a phone holds two words.
            Action.SEE_CHALLENGES,
            ("programme_notices", "programme_notice", "programme_cards"),
        ),
        Link(
            157,
            "programme_own_card",
            Text(ko="우리 기업 카드", en="Card of our firm"),
            Action.KEEP_FIRM_CARD,
        ),
        Link(
            153,
            "programme_spread",
            Text(ko="확산", en="Spread"),
            Action.SEE_SPREAD,
            ("programme_handed", "programme_taken", "programme_hand_over"),
        ),
        Link(
            154,
            "programme_resources",
            Text(ko="자원 지도", en="Resources"),
            Action.SEE_RESOURCES,
            ("programme_resource", "programme_enter_resource"),
        ),
    ),
    public=(
        PublicPage(30, "public_problems", Text(ko="공개된 현장 문제", en="Open problems"), f"{_COUNTS}.problems"),
        PublicPage(40, "public_calls", Text(ko="공모", en="Calls for applications"), f"{_COUNTS}.calls"),
        PublicPage(
            50, "public_projects", Text(ko="실증사업 현황", en="Trials of the programme"), f"{_COUNTS}.projects"
        ),
        PublicPage(60, "public_spread", Text(ko="확산 지도", en="What happened where"), f"{_COUNTS}.hand_overs"),
        PublicPage(70, "public_data_sets", Text(ko="공개 데이터셋", en="Published data sets"), f"{_COUNTS}.data_sets"),
        PublicPage(75, "public_challenges", Text(ko="공개 경진", en="Open challenges"), f"{_COUNTS}.challenges"),
        PublicPage(77, "public_community", Text(ko="알림과 질문", en="Notices and questions"), f"{_COUNTS}.community"),
        PublicPage(80, "verify_certificate", Text(ko="확인서 진위 확인", en="Check a certificate")),
    ),
    introduction=Introduction(
        Text(ko="실증사업 관리", en="Programme desk"),
        Text(
            ko="현장 문제를 지금의 수치와 함께 등록하고, 실증 전에 성과지표를 서명해 잠급니다.",
            en="Registers problems of the field with today's number, and locks KPIs by two signatures before a trial.",
        ),
    ),
)
