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
from pandok.fields.counterfeit.party_kinds import OF_CASE as PARTY_KINDS
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.counterfeit.web.shown.case_history import title_of


def audit_values() -> dict[str, Words]:
    return {
        "answer": of_kinds(Answer, Finding),
        "by": of_kinds(Turn),
        "disposition": of_kinds(Disposition),
        "finding": of_kinds(Finding),
        "kind": PAPERS | HOLIDAYS,
        "outcome": {
            "candidates": Text(ko="후보 있음", en="candidates found"),
            "nothing_close": Text(ko="유사 디자인 없음", en="nothing close"),
            "unreadable": Text(ko="판독 불가", en="unreadable"),
        },
        "period": {one.id: one.title for policy in policies() for one in policy.periods},
        "rule": {one.id: one.title for one in law_version("KR-2026").clocks},
        "step": {"notice link": Text(ko="통지 링크 본인 확인", en="one-time link of a notice")},
        "tab": {
            "mine": Text(ko="내 차례", en="mine"),
            "overdue": Text(ko="기한 경과", en="overdue"),
            "all": Text(ko="전체", en="all"),
        },
        "template": {name: one.title for version in wordings().values() for name, one in version.items()},
        "turn": of_kinds(Turn),
        "way": SERVICE_WAYS,
        "with": PARTY_KINDS,
    }


def audit_states() -> dict[str, Words]:
    return {"case.": of_kinds(State)}


def audit_title(entry: AuditEntry) -> Text | None:
    """A service is told with its way: a mail that was handed over has served nothing yet."""
    if entry.action != f"case.{SERVED}":
        return None
    words = title_of(SERVED, entry.details.get("way"))
    return Text(ko=f"사건: {words.ko}", en=f"Case: {words.en}")
