"""A proof made by the lab holds on another machine, says only what was released, and is made once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta

import pytest
from django.db import connection

from pandok.common.audit.writing import record, verify
from pandok.common.models import AuditEntry
from pandok.core.audit import AuditEvent
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.proof_pack.check_names import CheckName
from pandok.engines.proof_pack.pack_bytes import unzipped
from pandok.engines.proof_pack.parsed import parsed
from pandok.engines.proof_pack.plain_lines import lines
from pandok.engines.proof_pack.verification import check_pack
from pandok.fields.lab.acts.proofs.from_run import outputs_sha256, parts_of_run
from pandok.fields.lab.acts.proofs.make_proof import keep_proof, make_proof
from pandok.fields.lab.acts.proofs.proof_standing import Standing, ask_for_new_proof, standing_of
from pandok.fields.lab.lists.proofs import proofs_visible_to
from pandok.fields.lab.models import CaseOutput, ProofRecord, Run
from tests.engines.proof_pack.test_verification import signed_again
from tests.fields.lab.acts.packs.conftest import NOON
from tests.fields.lab.acts.proofs.conftest import KEY, LATER, Office
from tests.roles import Role
from tests.tampering import take_trigger_away

pytestmark = pytest.mark.django_db


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(RequestError) as caught:
        yield
    assert caught.value.error_code == f"proof.{code}"


def test_a_released_run_becomes_a_proof_that_holds(office: Office) -> None:
    run = office.released()
    proof = office.made(run)
    data = office.scene.lab.blobs.get(proof.pack_sha256)
    checked = check_pack(unzipped(data), [KEY.public])
    assert [one.name for one in checked.checks if not one.held] == []
    assert checked.recomputed is not None
    assert checked.recomputed.verdict.value == run.comparison.verdict == proof.verdict
    assert proof.number.endswith("-P-000001")
    assert AuditEntry.objects.filter(action="proof.made", object=f"proof:{proof.id}").count() == 1
    assert verify() is None


def test_no_case_and_no_output_stands_in_the_pack(office: Office) -> None:
    run = office.released()
    data = office.scene.lab.blobs.get(office.made(run).pack_sha256)
    for case_id in CaseOutput.objects.filter(run=run).values_list("case_id", flat=True):
        assert f'"{case_id}"'.encode() not in data


def test_it_is_made_once_and_only_of_a_released_confirm_run(office: Office) -> None:
    run = office.released()
    office.made(run)
    with refused("made"):
        office.made(run)
    waiting = office.scene.score(office.scene.run(submitter="another"))
    with refused("not_released"):
        office.made(waiting)
    Run.objects.filter(pk=run.pk).update(part="feedback")
    ProofRecord.objects.all().delete()
    with refused("not_released"):
        office.made(Run.objects.get(pk=run.pk))


def test_the_proof_says_what_was_opened_before_and_withheld(office: Office) -> None:
    """Also in its registration; a statement that keeps silent about it does not hold, even signed again."""
    run = office.released()
    proof = office.made(run)
    said = proof.statement.data
    assert said.opened_before == run.registration.registration.opened_before
    assert said.opened_before is not None
    assert (said.opened_before.opened, said.opened_before.of) == (0, 24)
    assert (said.opening, said.withheld) == (1, 0)
    files = unzipped(office.scene.lab.blobs.get(proof.pack_sha256))
    told = [line.ko for line in lines(parsed(files))]
    assert "확인 사례 24건 가운데 전에 열린 것: 0건" in told
    silent = signed_again(files, {"data": said.model_dump(mode="json") | {"opened_before": None}})
    assert CheckName.FACTS in {one.name for one in check_pack(silent, [KEY.public]).checks if not one.held}


def test_the_ledger_of_a_proof_shows_no_step_of_the_run(office: Office) -> None:
    """The submitter gets the proof: times of scoring and of further openings would tell the run's pace."""
    run = office.released()
    about = f"run:{run.pk}"
    record(AuditEvent("worker", "lab.run.scoring", about, "", NOON, {}))
    files = unzipped(office.scene.lab.blobs.get(office.made(run).pack_sha256))
    shown = [one.event for one in parsed(files).ledger.entries if one.event is not None]
    actions = [event.action for event in shown]
    assert set(actions) <= {"protocol.locked", "vault.opened", "lab.run.queued", "lab.release_vote", "lab.run.released"}
    assert actions.count("vault.opened") == 1
    assert AuditEntry.objects.filter(object=about, action__in=["lab.scored", "lab.confirm_opened"]).count() == 2


def test_the_report_bears_a_day_and_no_time(office: Office) -> None:
    made = office.released().report.values["made_at"]
    assert datetime.fromisoformat(made).astimezone(OFFICE_ZONE).time() == time(0, 0)


def test_no_other_role_makes_one(office: Office) -> None:
    run = office.released()
    for role in set(Role) - {Role.EVALUATOR}:
        with refused("role"):
            make_proof(
                run=run,
                actor=office.person(role, f"a {role.value}"),
                now=LATER,
                key=KEY,
                blobs=office.scene.lab.blobs,
                valid_days=365,
            )


def test_plain_parts_are_enough(office: Office) -> None:
    """The readers that Pandok ships go this way too."""
    parts = parts_of_run(office.released(), language="en")
    kept = keep_proof(
        parts=parts, actor=office.evaluator, now=LATER, key=KEY, blobs=office.scene.lab.blobs, valid_days=30
    )
    assert kept.expires_on == (LATER + timedelta(days=30)).astimezone(OFFICE_ZONE).date()
    assert len(parts.lab.outputs_sha256) == 64


def test_the_hash_of_outputs_changes_with_any_of_them(office: Office) -> None:
    run = office.released()
    before = outputs_sha256(run)
    other = office.scene.run(submitter="second", answer=lambda _: [0.25])
    assert outputs_sha256(other) == before  # the same raw outputs, whatever was made of them
    with connection.cursor() as cursor:
        take_trigger_away(cursor, "lab_caseoutput")
        cursor.execute("UPDATE lab_caseoutput SET output_sha256 = %s WHERE number = 0", ["d" * 64])
    assert outputs_sha256(run) != before


def test_a_chain_that_was_changed_gives_no_proof(office: Office) -> None:
    run = office.released()
    with connection.cursor() as cursor:
        take_trigger_away(cursor, "register_auditentry")
        cursor.execute("UPDATE register_auditentry SET reason = 'other' WHERE action = 'protocol.locked'")
    with refused("does_not_hold"):
        office.made(run)
    assert not ProofRecord.objects.exists()


def test_it_expires_and_drifts(office: Office) -> None:
    proof = office.made()
    assert standing_of(proof, LATER.date()) is Standing.VALID
    assert standing_of(proof, proof.expires_on) is Standing.VALID
    assert standing_of(proof, proof.expires_on + timedelta(days=1)) is Standing.EXPIRED
    with refused("role"):
        ask_for_new_proof(proof=proof, reason="new packaging", actor=office.person(Role.SUBMITTER, "x"), now=LATER)
    owner = office.person(Role.FIELD_OWNER, "an owner")
    proof = ask_for_new_proof(proof=proof, reason="new packaging", actor=owner, now=LATER)
    assert standing_of(proof, LATER.date()) is Standing.DRIFTED
    with refused("state"):
        ask_for_new_proof(proof=proof, reason="new packaging", actor=owner, now=LATER)


def test_submitters_see_their_own_and_others_all(office: Office) -> None:
    proof = office.made(office.released(submitter="company"))
    assert proof in proofs_visible_to(office.person(Role.SUBMITTER, "company"))
    assert proof not in proofs_visible_to(office.person(Role.SUBMITTER, "rival"))
    for role in (Role.EVALUATOR, Role.AUDITOR, Role.FIELD_OWNER, Role.OUTPUT_CHECKER, Role.LAB_OPERATOR):
        assert proof in proofs_visible_to(office.person(role, f"some {role.value}"))
    for role in (Role.OFFICER, Role.HOLDER, Role.ADMINISTRATOR, Role.DATA_STEWARD):
        assert proof not in proofs_visible_to(office.person(role, f"some {role.value}"))
