"""What the programme desk declares."""

from __future__ import annotations

from pandok.common.declared import Declares, Introduction, Link
from pandok.core.text import Text
from pandok.fields.programme.roles import MAY, Action, Role
from pandok.fields.programme.states import PROBLEMS

DECLARES = Declares(
    roles=Role,
    actions=Action,
    may=MAY,
    states=(PROBLEMS,),
    audit_keys=("field-problem",),
    audit_words="pandok.fields.programme.web.shown.audit_values.audit_words",
    audit_values="pandok.fields.programme.web.shown.audit_values.audit_values",
    links=(
        Link(
            145,  # after what each role begins with
            "programme_problems",
            Text(ko="문제 등록부", en="Problems"),
            Action.SEE_PROBLEMS,
            ("programme_propose", "programme_problem", "programme_reword"),
        ),
    ),
    introduction=Introduction(
        Text(ko="실증사업 관리", en="Programme desk"),
        Text(
            ko="현장 문제를 지금의 수치와 함께 등록하고, 같은 문제를 겪는 곳을 찾습니다.",
            en="Registers problems of the field with today's number, and finds who has the same one.",
        ),
    ),
)
