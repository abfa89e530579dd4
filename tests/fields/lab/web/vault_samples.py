"""Deposits, grants and deletions for tests of pages, made by another data steward."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from pandok.common.models import Account
from pandok.core.lab.deposit_terms import DepositTerms
from pandok.core.lab.personal_data import PersonalDataReport
from pandok.engines.documents.values import PDF
from pandok.fields.lab.acts.vault.deleting import carry_out, confirm_deletion, plan_deletion
from pandok.fields.lab.acts.vault.depositing import make_deposit, start_project
from pandok.fields.lab.acts.vault.granting import grant
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import Deposit, Grant, VaultDeletion, VaultObject
from pandok.settings import settings
from tests.roles import Role
from tests.world import Site

CONTENT = b"MARKER-sealed-content"


def vault() -> Vault:
    return site_vault(settings().home)


def steward(site: Site) -> Account:
    return site.account(Role.DATA_STEWARD, "another steward")


def make_deposit_of_another(site: Site, *, days: int = 100) -> Deposit:
    now = timezone.now()
    project = start_project(name="parcel marks", purpose="To compare readers", actor=steward(site), now=now)
    terms = DepositTerms(
        name="parcels of March",
        owner="Customs house 7",
        legal_basis="agreement 2026-11",
        purpose="To compare readers on sealed photographs",
        licence="not to be passed on",
        expires_at=now + timedelta(days=days),
    )
    deposit = make_deposit(terms=terms, projects=[project], actor=steward(site), now=now, vault=vault())
    vault().put(deposit, "one.bin", CONTENT, "raw", records=["26-1"])
    return deposit


def make_held_document(site: Site) -> VaultObject:
    """A PDF that was looked through and waits for a person."""
    deposit = make_deposit_of_another(site)
    report = PersonalDataReport(looked_for=(), held=True).model_dump(mode="json")
    return vault().put(deposit, "one.pdf", b"%PDF-1.7\n%%EOF", "raw", media_type=PDF, report=report)


def make_vault_grant(site: Site) -> Grant:
    deposit, now = make_deposit_of_another(site), timezone.now()
    return grant(
        deposit=deposit,
        project=deposit.projects.get(),
        purpose="To look at the marks",
        actor=steward(site),
        reason="asked for in writing",
        now=now,
        starts_at=now,
        ends_at=now + timedelta(days=5),
        people=[site.account(Role.EVALUATOR, "another evaluator")],
    )


def make_vault_deletion(site: Site, *, done: bool = False) -> VaultDeletion:
    deposit, now = make_deposit_of_another(site), timezone.now()
    deletion = plan_deletion(deposit=deposit, actor=steward(site), reason="asked by the owner", now=now)
    if done:
        operator = site.account(Role.LAB_OPERATOR, "another operator")
        confirm_deletion(deletion=deletion, actor=operator, reason="looked through", now=now)
        return carry_out(deletion.pk, vault=vault())
    return deletion
