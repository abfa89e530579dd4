"""What streetlights declare."""

from __future__ import annotations

from pandok.common.declared import Declares, Introduction, Link, PublicPage
from pandok.core.text import Text
from pandok.fields.street.command_states import TABLE as COMMANDS
from pandok.fields.street.roles import MAY, Action, Role
from pandok.fields.street.states import TABLE
from pandok.fields.street.warning_states import TABLE as WARNINGS
from pandok.fields.street.work_states import TABLE as WORKS

DECLARES = Declares(
    roles=Role,
    actions=Action,
    may=MAY,
    states=(TABLE, COMMANDS, WARNINGS, WORKS),
    jobs=(
        "pandok.fields.street.acts.health",
        "pandok.fields.street.acts.keeping_history",
        "pandok.fields.street.acts.computing_energy",
        "pandok.fields.street.acts.repairing",
    ),
    audit_keys=("alert", "pole"),
    audit_words="pandok.fields.street.web.shown.audit_values.audit_words",
    audit_states="pandok.fields.street.web.shown.audit_values.audit_states",
    waiting="pandok.fields.street.lists.now.waiting",
    webhook_events={
        "street.warning": Text(ko="주민 알림 발송·해제", en="Residents were warned, or a warning cancelled")
    },
    links=(
        Link(
            41,
            "street_now",
            Text(ko="관제", en="Control room"),
            Action.SEE_STREET,
            (
                "street_alert",
                "street_figures",
                "street_energy",
                "street_records",
                "street_warnings",
                "street_silences",
                "street_map",
                "street_map_then",
            ),
        ),
        Link(
            42,
            "street_poles",
            Text(ko="등주", en="Poles"),
            Action.SEE_STREET,
            ("street_pole", "street_bookings"),
        ),
        Link(
            43,
            "street_works",
            Text(ko="작업", en="Work orders"),
            Action.SEE_STREET,
            ("street_work", "street_work_new"),
        ),
    ),
    public=(
        PublicPage(
            20,
            "street_trials",
            Text(ko="스마트 가로등 실증", en="Trials of streetlights"),
            "pandok.fields.street.lists.public_counts.trials_registered",
        ),
    ),
    introduction=Introduction(
        Text(ko="스마트 가로등", en="Smart streetlights"),
        Text(
            ko="등주가 침수·화재·고장을 알리면 사람이 확인하고 대응합니다. 응답 없는 장치부터 보여 줍니다.",
            en="Poles tell of flood, fire and faults; people confirm and respond. Silent devices are shown first.",
        ),
    ),
)
