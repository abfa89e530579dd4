"""The public register is drawn from the ledger, answers after deletion, and names organisations only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pandok.common.models import Account, AuditEntry, Party, PartyMember
from pandok.fields.lab.acts.public_register import draw_register
from pandok.fields.lab.models import Run, Submission
from tests.fields.lab.acts.proofs.conftest import LATER, Office
from tests.roles import Role

pytestmark = pytest.mark.django_db


def test_it_tells_purposes_verdicts_and_proofs_and_no_person(office: Office) -> None:
    run = office.released(submitter="kim.company")
    proof = office.made(run)
    drawn = draw_register(site="Busan", now=LATER + timedelta(days=1))
    told = drawn.model_dump_json()
    assert [one.verdict for one in drawn.verdicts] == [run.comparison.verdict]
    assert [one.sha256 for one in drawn.proofs] == [proof.pack_sha256]
    assert [one.sha256 for one in drawn.protocols] == [run.registration.sha256]
    assert drawn.deposits[0].legal_basis
    assert drawn.deposits[0].purpose
    assert (drawn.counts["results_released"], drawn.counts["proofs_made"]) == (1, 1)
    assert drawn.head_hash == AuditEntry.objects.order_by("-sequence").first().hash  # type: ignore[union-attr]
    names = [f'"{name}"' for name in Account.objects.values_list("username", flat=True)]
    assert [name for name in names if name in told] == []


def test_companies_are_disclosed_as_parties_and_persons_are_not(office: Office) -> None:
    run = office.released(submitter="kim.company")
    party = Party.objects.create(kind=Party.IMPORTER, name="Hanbit Readers", added_at=LATER)
    PartyMember.objects.create(party=party, account=office.person(Role.SUBMITTER, "kim.company"))
    assert [one.name for one in draw_register(site="Busan", now=LATER).processors] == ["Busan"]
    key = f"party:{party.pk}"
    Run.objects.filter(pk=run.pk).update(submitter=key)
    Submission.objects.filter(pk=run.submission_id).update(submitter=key, submitter_name=party.name)
    found = draw_register(site="Busan", now=LATER).processors
    assert [(one.name, one.role) for one in found] == [("Busan", "operator"), ("Hanbit Readers", "submitter")]


def test_an_empty_lab_has_a_register_too(db: None) -> None:  # noqa: ARG001
    drawn = draw_register(site="Busan", now=LATER)
    assert set(drawn.counts.values()) == {0}
    assert drawn.exports == ()
