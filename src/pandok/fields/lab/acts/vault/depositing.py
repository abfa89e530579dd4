"""Deposits and projects: the terms are set once, by a data steward; files follow, one by one or as a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.core.lab.deposit_terms import MOST_YEARS, DepositTerms
from pandok.core.text import Text
from pandok.fields.lab.acts.vault.allowed import must
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.acts.vault.uploads import NamedBytes
from pandok.fields.lab.models import Deposit, LabProject, ObjectKind, VaultObject
from pandok.fields.lab.roles import Action

Progress = Callable[[int, int], None]


def start_project(*, name: str, purpose: str, actor: Account, now: datetime) -> LabProject:
    """A project that data may be granted to. Raises RequestError for an empty or taken name."""
    must(actor, Action.DEPOSIT_DATA)
    name, purpose = " ".join(name.split()), purpose.strip()
    if not (2 <= len(name) <= 200 and 5 <= len(purpose) <= 2000):
        raise RequestError(
            Text(
                ko="과제 이름이나 목적이 너무 짧거나 깁니다.", en="The project's name or purpose is too short or long."
            ),
            Text(ko="이름 2자, 목적 5자 이상으로 적으십시오.", en="Give a name of 2 and a purpose of 5 characters."),
            code="vault.project_words",
        )
    try:
        with transaction.atomic():
            project = LabProject.objects.create(name=name, purpose=purpose, started_by=actor, started_at=now)
            audit.tell(actor, "vault.project_started", f"lab-project:{project.pk}", purpose, now, {"name": name})
            return project
    except IntegrityError as error:
        raise RequestError(
            Text(ko="같은 이름의 과제가 있습니다.", en="There is a project of that name."),
            Text(ko="목록에서 고르거나 다른 이름을 쓰십시오.", en="Choose it from the list, or use another name."),
            code="vault.project_taken",
        ) from error


def make_deposit(
    *, terms: DepositTerms, projects: Sequence[LabProject], actor: Account, now: datetime, vault: Vault
) -> Deposit:
    """An empty deposit under these terms, with a key of its own. Raises RequestError for a term out of reach."""
    must(actor, Action.DEPOSIT_DATA)
    if not terms.acceptable_at(now):
        raise RequestError(
            Text(ko="만료일이 지났거나 너무 멉니다.", en="The expiry has passed or lies too far ahead."),
            Text(
                ko=f"지금부터 {MOST_YEARS}년 안의 날을 고르십시오.",
                en=f"Choose a day within {MOST_YEARS} years from now.",
            ),
            code="vault.expiry",
        )
    with transaction.atomic():
        deposit = Deposit.objects.create(deposited_by=actor, deposited_at=now, **terms.model_dump())
        deposit.projects.set(projects)
        vault.keys.make(str(deposit.pk))
        audit.tell(
            actor,
            "vault.deposited",
            f"deposit:{deposit.pk}",
            terms.purpose[:500],
            now,
            {
                "owner": terms.owner,
                "legal_basis": terms.legal_basis,
                "licence": terms.licence,
                "expires_at": terms.expires_at.isoformat(),
                "projects": ", ".join(sorted(one.name for one in projects))[:500],
            },
        )
        return deposit


def deposit_files(
    *,
    deposit: Deposit,
    files: Iterable[NamedBytes],
    actor: Account,
    vault: Vault,
    kind: str = ObjectKind.RAW,
    progress: Progress = lambda _done, _total: None,
) -> list[VaultObject]:
    """Seal files one after the other. An interrupted deposit is sent again: what is there already is kept once."""
    must(actor, Action.DEPOSIT_DATA)
    kept = []
    for one in files:
        kept.append(
            vault.put(
                deposit, one.name, one.data, kind, actor=actor, media_type=one.media_type, records=one.record_ids()
            )
        )
        progress(len(kept), 0)
    return kept
