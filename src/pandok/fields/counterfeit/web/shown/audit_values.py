"""What the audit trail's details of cases, notices and retention are called."""

from __future__ import annotations

from pandok.common.models import AuditEntry
from pandok.common.web.shown.audit_details import Words, of_kinds
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.dated_holidays import KINDS as HOLIDAYS
from pandok.fields.counterfeit.acts.cases.documents import KINDS as PAPERS
from pandok.fields.counterfeit.acts.notices.serving import SERVED
from pandok.fields.counterfeit.acts.notices.serving import WAYS as SERVICE_WAYS
from pandok.fields.counterfeit.acts.notices.wordings import wordings
from pandok.fields.counterfeit.acts.retention.policy import policies
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.outcomes import Answer, Disposition, Finding
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.counterfeit.web.shown.case_history import title_of


def audit_values() -> dict[str, Words]:
    return {
        "answer": of_kinds(Answer, Finding),
        "by": of_kinds(Turn),
        "disposition": of_kinds(Disposition),
        "finding": of_kinds(Finding),
        "kind": PAPERS | HOLIDAYS,
        "period": {one.id: one.title for policy in policies() for one in policy.periods},
        "rule": {one.id: one.title for one in law_version("KR-2026").clocks},
        "template": {name: one.title for version in wordings().values() for name, one in version.items()},
        "turn": of_kinds(Turn),
        "way": SERVICE_WAYS,
    }


def audit_states() -> dict[str, Words]:
    return {"case.": of_kinds(State)}


def audit_title(entry: AuditEntry) -> Text | None:
    """A service is told with its way: a mail that was handed over has served nothing yet."""
    if entry.action != f"case.{SERVED}":
        return None
    words = title_of(SERVED, entry.details.get("way"))
    return Text(ko=f"사건: {words.ko}", en=f"Case: {words.en}")
