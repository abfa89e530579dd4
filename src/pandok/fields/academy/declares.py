"""What the academy declares."""

from __future__ import annotations

from pandok.common.declared import Declares, Introduction, Link
from pandok.core.text import Text
from pandok.fields.academy.roles import MAY, Action, Role
from pandok.fields.academy.states import LESSONS, RETIREMENTS, SITTINGS

DECLARES = Declares(
    roles=Role,
    actions=Action,
    may=MAY,
    states=(LESSONS, RETIREMENTS, SITTINGS),
    audit_words="pandok.fields.academy.web.shown.audit_values.audit_words",
    audit_values="pandok.fields.academy.web.shown.audit_values.audit_values",
    jobs=(
        "pandok.fields.academy.acts.bank.jobs",
        "pandok.fields.academy.acts.bank.calibration_job",
        "pandok.fields.academy.acts.sittings.left_sittings_job",
    ),
    links=(
        Link(
            43,
            "academy",
            Text(ko="아카데미", en="Academy"),
            Action.TRAIN,
            (
                "academy_sitting",
                "academy_result",
                "academy_results",
                "academy_person",
                "academy_ledger",
                "academy_certificate",
                "academy_courses",
            ),
        ),
        Link(
            141,  # companies begin at the lab
            "academy_open",
            Text(ko="공개 과정", en="Open courses"),
            Action.TAKE_OPEN_COURSES,
            ("academy_open_course", "academy_open_completion"),
        ),
        Link(76, "academy_ledgers", Text(ko="학습 장부", en="Training ledgers"), Action.SEE_LEDGERS),
        Link(
            44,
            "academy_material",
            Text(ko="학습 자료", en="Lessons"),
            Action.MAKE_LESSONS,
            (
                "academy_seizure",
                "academy_article",
                "academy_scan_article",
                "academy_realism",
                "academy_retired",
                "academy_forms",
                "academy_form",
                "academy_sets",
                "academy_set",
            ),
        ),
        Link(45, "academy_groups", Text(ko="학습반", en="Groups"), Action.TEACH, ("academy_group",)),
        Link(
            46,
            "academy_case_material",
            Text(ko="학습 사례", en="Case lessons"),
            Action.MAKE_DESIGN_LESSONS,
            ("academy_case_prepare", "academy_case_lesson"),
        ),
    ),
    introduction=Introduction(
        Text(ko="아카데미", en="Academy"),
        Text(
            ko="판독 능력을 구간과 함께 재고, 놓친 물품을 다시 보여 주며, 적발 물품을 다음 날의 학습으로 만듭니다.",
            en="Measures how well people read, with intervals; brings back what they missed; seizures become lessons.",
        ),
    ),
)
