"""What the common floor declares."""

from __future__ import annotations

from pandok.common.declared import Declares, Link
from pandok.common.roles import MAY, Action, Role
from pandok.core.deletion import TABLE as DELETION
from pandok.core.text import Text

DECLARES = Declares(
    actions=Action,
    roles=Role,
    may=MAY,
    audit_keys=("account", "party", "job"),
    jobs=(
        "pandok.common.trust.check_job",
        "pandok.common.trust.note_job",
        "pandok.common.jobs.ticks",
        "pandok.common.messages.send_mail",
        "pandok.common.messages.send_webhook",
        "pandok.common.messages.webhooks",
        "pandok.common.records.forms_once",
        "pandok.common.records.idempotency",
        "pandok.common.people.forgotten",
        "pandok.common.people.kept_forms",
        "pandok.common.people.passkeys",
        "pandok.common.people.session_sweep",
    ),
    states=(DELETION,),
    links=(
        Link(
            80, "audit", Text(ko="감사", en="Audit"), Action.SEE_AUDIT, ("audit_chain", "audit_compare", "audit_export")
        ),
        Link(100, "deliveries", Text(ko="발송 확인", en="Deliveries"), Action.SETTLE_DELIVERIES),
        Link(
            150,
            "tokens",
            Text(ko="API 연계", en="API"),
            Action.MAKE_TOKENS,
            ("systems", "webhooks", "webhook", "api_page"),
        ),
        Link(160, "accounts", Text(ko="계정", en="Accounts"), Action.MANAGE_ACCOUNTS, ("account_new", "account_admin")),
    ),
)
