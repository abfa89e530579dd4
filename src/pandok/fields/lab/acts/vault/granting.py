"""Grants (이용승인): given for a project, a purpose, persons and a time; revoked at once when needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import checked_reason
from pandok.common.roles import AnyRole
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.lab.acts.vault.allowed import must
from pandok.fields.lab.acts.vault.refusals import refused
from pandok.fields.lab.models import Deposit, Grant, LabProject
from pandok.fields.lab.roles import Action

LONGEST_DAYS = 25
"""For persons, as the data safe zones (데이터안심구역) allow, without extension: a later grant is a new decision.
Source: http://dsz.kdata.or.kr/svc/page/apply/add/procedure_guide.do (read in November 2026)."""


def grant(
    *,
    deposit: Deposit,
    project: LabProject,
    purpose: str,
    actor: Account,
    reason: str,
    now: datetime,
    starts_at: datetime,
    ends_at: datetime,
    people: Sequence[Account] = (),
    role: AnyRole | None = None,
    runner: bool = False,
) -> Grant:
    """Let a project open a deposit. Persons get at most LONGEST_DAYS; the lab's runner, which shows nothing to anybody,
    may keep it to the deposit's expiry. Raises RequestError."""
    must(actor, Action.DEPOSIT_DATA)
    reason, purpose = checked_reason(reason), purpose.strip()
    if deposit.deleted or now >= deposit.expires_at:
        raise refused("vault.deleted" if deposit.deleted else "vault.expired")
    if not deposit.projects.filter(pk=project.pk).exists():
        raise refused("vault.project")
    _check_words(purpose, bool(people) or role is not None or runner)
    _check_people(people, role, actor)
    _check_span(starts_at, ends_at, now, deposit.expires_at, to_persons=bool(people) or role is not None)
    with transaction.atomic():
        given = Grant.objects.create(
            deposit=deposit,
            project=project,
            purpose=purpose,
            role=role.value if role else "",
            runner=runner,
            starts_at=starts_at,
            ends_at=ends_at,
            granted_by=actor,
            granted_at=now,
            reason=reason,
        )
        given.people.set(people)
        _record(
            "vault.granted",
            given,
            actor,
            reason,
            now,
            {
                "project": project.name,
                "people": ", ".join(sorted(one.get_username() for one in people))[:500],
                "role": given.role,
                "runner": runner,
                "from": starts_at.isoformat(timespec="minutes"),
                "until": ends_at.isoformat(timespec="minutes"),
            },
        )
        return given


def revoke(*, grant: Grant, actor: Account, reason: str, now: datetime) -> Grant:
    """End a grant at once. Raises RequestError where it has ended already."""
    must(actor, Action.DEPOSIT_DATA)
    reason = checked_reason(reason)
    with transaction.atomic():
        grant = locked(Grant, grant.pk)
        if grant.revoked_at is not None or now >= grant.ends_at:
            raise RequestError(
                Text(ko="이미 끝난 이용승인입니다.", en="The grant has ended already."),
                Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
                code="vault.grant_ended",
            )
        grant.revoked_at, grant.revoked_by, grant.revoke_reason = now, actor, reason
        grant.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
        _record("vault.grant_revoked", grant, actor, reason, now, {"project": grant.project.name})
        return grant


def _check_words(purpose: str, named: bool) -> None:
    if not 5 <= len(purpose) <= 2000:
        raise RequestError(
            Text(ko="이용 목적이 너무 짧거나 깁니다.", en="The purpose is too short or too long."),
            Text(ko="무엇을 하려는지 한 문장으로 적으십시오.", en="Say in one sentence what will be done."),
            code="vault.grant_purpose",
        )
    if not named:
        raise RequestError(
            Text(ko="이용할 사람이 없습니다.", en="The grant names nobody."),
            Text(ko="사람, 역할, 실행기 가운데 하나를 고르십시오.", en="Choose persons, a role, or the lab's runner."),
            code="vault.grant_nobody",
        )


def _check_people(people: Sequence[Account], role: AnyRole | None, actor: Account) -> None:
    if role in actor.roles or any(one.pk == actor.pk for one in people):
        raise RequestError(
            Text(ko="자신에게 이용승인을 줄 수 없습니다.", en="Nobody grants data to themselves."),
            Text(ko="다른 데이터 관리자가 승인하여야 합니다.", en="Another data steward has to grant it."),
            code="vault.grant_self",
        )
    if any(not one.is_active for one in people):
        raise RequestError(
            Text(ko="닫힌 계정이 들어 있습니다.", en="One of the accounts is closed."),
            Text(ko="목록에서 빼십시오.", en="Leave it out."),
            code="vault.grant_closed_account",
        )


def _check_span(starts: datetime, ends: datetime, now: datetime, expiry: datetime, *, to_persons: bool) -> None:
    longest = timedelta(days=LONGEST_DAYS) if to_persons else expiry - starts
    if not (starts < ends <= expiry and ends > now and ends - starts <= longest):
        raise RequestError(
            Text(ko="이용 기간이 올바르지 않습니다.", en="The time of the grant is not acceptable."),
            Text(
                ko=f"기탁 만료 전에 끝나고, 사람에게는 {LONGEST_DAYS}일을 넘지 않게 정하십시오.",
                en=f"End it before the deposit expires; for persons, after {LONGEST_DAYS} days at most.",
            ),
            code="vault.grant_span",
        )


def _record(action: str, given: Grant, actor: Account, reason: str, now: datetime, details: dict[str, Detail]) -> None:
    audit.tell(actor, action, f"grant:{given.pk}", reason, now, {"deposit": str(given.deposit_id), **details})
