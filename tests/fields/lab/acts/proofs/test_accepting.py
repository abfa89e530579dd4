"""The next site believes a proof only after its own test, registered before its own seal is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest

from pandok.common.accepted_models import is_accepted
from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.proof_pack.keys import key_file
from pandok.engines.proof_pack.pack_bytes import zipped
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.lab.acts.proofs.accepting import decide_acceptance, measure_acceptance, register_acceptance
from pandok.fields.lab.acts.proofs.importing import add_key, import_proof
from pandok.fields.lab.acts.proofs.proof_standing import Standing, standing_of
from pandok.fields.lab.models import ProofRecord, Run, Submission
from pandok.fields.lab.states.acceptance_states import AcceptanceState
from tests.engines.proof_pack.samples import AREAS, KEY, OTHER_KEY, measured, problem, proof, registration
from tests.fields.lab.acts.proofs.conftest import LATER, Office
from tests.roles import Role

pytestmark = pytest.mark.django_db
REASON = "a first look on our own goods"


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(RequestError) as caught:
        yield
    assert caught.value.error_code == f"proof.{code}"


@pytest.fixture
def theirs(office: Office) -> ProofRecord:
    """A proof of another site about the very question that this site registered, and about the same model."""
    own = office.scene.registration.registration
    return brought_in(office, id=own.problem.id, metric=own.problem.endpoints[0].metric.value)


def brought_in(office: Office, *, id: str, metric: str, **changes: Any) -> ProofRecord:
    numbers = measured(AREAS) if metric == "auc" else measured()
    of = problem(id=id, endpoints=[{"metric": metric, "aim": "superiority"}], planned_n=11)
    statement, _ = proof(of=of, numbers=numbers)
    model = statement.model.model_copy(update={"sha256": "a" * 64})
    files = proof(of=of, numbers=numbers, model=model, **changes)[1]
    data = key_file(KEY.public, site="Busan").encode()
    add_key(data=data, site="Busan", reason="read out by telephone", actor=office.evaluator, now=LATER)
    return import_proof(data=zipped(files), actor=office.evaluator, now=LATER, blobs=office.scene.lab.blobs)


def register(office: Office, found: ProofRecord, **changes: Any) -> Any:
    asked: dict[str, Any] = {
        "proof": found,
        "registration": office.scene.registration,
        "reason": REASON,
        "actor": office.evaluator,
        "now": LATER,
        "site": office.scene.registration.registration.site,
    }
    return register_acceptance(**(asked | changes))


def test_registered_measured_decided(office: Office, theirs: ProofRecord) -> None:
    assert standing_of(theirs, LATER.date()) is Standing.NOT_TESTED
    assert not is_accepted("a" * 64, LATER.date())
    test = register(office, theirs)
    run = office.released()
    test = measure_acceptance(test=test, run=run, actor=office.evaluator, now=LATER)
    assert (test.state, test.verdict) == (AcceptanceState.MEASURED, run.comparison.verdict)
    owner = office.person(Role.FIELD_OWNER, "owner here")
    test = decide_acceptance(test=test, accept=True, reason="good enough here", actor=owner, now=LATER)
    assert standing_of(ProofRecord.objects.get(pk=theirs.pk), LATER.date()) is Standing.ACCEPTED
    assert is_accepted("a" * 64, LATER.date())
    assert not is_accepted("b" * 64, LATER.date())
    assert not is_accepted("a" * 64, theirs.expires_on + timedelta(days=1))
    told = AuditEntry.objects.filter(object=f"acceptance:{test.id}").order_by("sequence")
    assert [one.action for one in told] == ["acceptance.registered", "acceptance.measured", "acceptance.accepted"]


def test_not_after_the_seal_was_opened(office: Office, theirs: ProofRecord) -> None:
    office.released()
    with refused("seen_before"):
        register(office, theirs)


def test_not_on_the_own_proof_nor_twice(office: Office, theirs: ProofRecord) -> None:
    register(office, theirs)
    with refused("test_taken"):
        register(office, theirs)
    with refused("not_imported"):
        register(office, office.made())


def test_not_another_question_nor_another_site(office: Office, theirs: ProofRecord) -> None:
    with refused("not_site"):
        register(office, theirs, site="Incheon")
    ProofRecord.objects.filter(pk=theirs.pk).update(
        statement_values=theirs.statement_values | {"problem_id": "something-else"}
    )
    with refused("other_question"):
        register(office, ProofRecord.objects.get(pk=theirs.pk))


def test_not_on_the_very_data_of_the_proof(office: Office, theirs: ProofRecord) -> None:
    root = office.scene.registration.registration.manifest.root
    data = theirs.statement_values["data"] | {"root": root}
    ProofRecord.objects.filter(pk=theirs.pk).update(statement_values=theirs.statement_values | {"data": data})
    with refused("same_data"):
        register(office, ProofRecord.objects.get(pk=theirs.pk))


def test_not_with_another_model_and_not_unreleased(office: Office, theirs: ProofRecord) -> None:
    test = register(office, theirs)
    waiting = office.scene.score(office.scene.run(submitter="waiting"))
    with refused("other_run"):
        measure_acceptance(test=test, run=waiting, actor=office.evaluator, now=LATER)
    run = office.released()
    Submission.objects.filter(pk=run.submission_id).update(model_sha256="9" * 64)
    with refused("other_model"):
        measure_acceptance(test=test, run=Run.objects.get(pk=run.pk), actor=office.evaluator, now=LATER)


def test_who_may_not(office: Office, theirs: ProofRecord) -> None:
    test = register(office, theirs)
    for role in set(Role) - {Role.EVALUATOR, Role.FIELD_OWNER}:
        actor = office.person(role, f"a {role.value}")
        with refused("role"):
            register(office, theirs, actor=actor)
        with refused("role"):
            decide_acceptance(test=test, accept=True, reason=REASON, actor=actor, now=LATER)
        with refused("role"):
            import_proof(data=b"", actor=actor, now=LATER, blobs=office.scene.lab.blobs)
        with refused("role"):
            add_key(data=b"", site="x", reason=REASON, actor=actor, now=LATER)


def test_the_evaluator_does_not_decide_and_the_owner_does_not_register(office: Office, theirs: ProofRecord) -> None:
    owner = office.person(Role.FIELD_OWNER, "owner here")
    with refused("role"):
        register(office, theirs, actor=owner)
    test = register(office, theirs)
    with refused("role"):
        decide_acceptance(test=test, accept=True, reason=REASON, actor=office.evaluator, now=LATER)
    with refused("state"):
        decide_acceptance(test=test, accept=True, reason=REASON, actor=owner, now=LATER)


def test_a_proof_under_another_key_or_that_does_not_follow_is_not_taken(office: Office) -> None:
    of = registration().problem
    with refused("no_key"):
        import_proof(data=zipped(proof()[1]), actor=office.evaluator, now=LATER, blobs=office.scene.lab.blobs)
    brought_in(office, id="another-question", metric="accuracy")
    for files in (proof(of=of, key=OTHER_KEY)[1], proof(verdict="inferior")[1], proof(site="Incheon")[1]):
        with refused("does_not_hold"):
            import_proof(data=zipped(files), actor=office.evaluator, now=LATER, blobs=office.scene.lab.blobs)
    assert ProofRecord.objects.count() == 1


def files_of(**changes: Any) -> bytes:
    return zipped(proof(**changes)[1])


def trust(office: Office, key: SigningKey, site: str) -> None:
    data = key_file(key.public, site=site).encode()
    add_key(data=data, site=site, reason="read out by telephone", actor=office.evaluator, now=LATER)


def bring(office: Office, data: bytes, now: datetime = LATER) -> ProofRecord:
    return import_proof(data=data, actor=office.evaluator, now=now, blobs=office.scene.lab.blobs)


def test_a_key_trusted_as_one_site_brings_in_no_proof_of_another(office: Office) -> None:
    trust(office, KEY, "Incheon")
    with refused("other_site"):
        bring(office, files_of())
    trust(office, OTHER_KEY, "Busan")
    with refused("other_site"):
        bring(office, files_of())
    assert not ProofRecord.objects.exists()


def test_a_renamed_site_is_trusted_under_its_new_name_as_well(office: Office) -> None:
    trust(office, KEY, "Busan main customs")
    with refused("other_site"):
        bring(office, files_of())
    trust(office, KEY, "Busan")
    assert bring(office, files_of()).site == "Busan"
    with refused("key_kept"):
        trust(office, KEY, " Busan ")


def test_a_key_is_of_the_site_that_its_file_names(office: Office) -> None:
    data = key_file(KEY.public, site="Incheon").encode()
    for site, code in (("Busan", "key_of_other"), ("  ", "site_missing")):
        with refused(code):
            add_key(data=data, site=site, reason="read out by telephone", actor=office.evaluator, now=LATER)


def test_what_has_expired_or_is_of_tomorrow_is_not_taken(office: Office) -> None:
    trust(office, KEY, "Busan")
    statement, _ = proof()
    last = datetime(statement.expires_on.year, statement.expires_on.month, statement.expires_on.day, tzinfo=OFFICE_ZONE)
    with refused("expired"):
        bring(office, files_of(), now=last + timedelta(days=1))
    with refused("not_yet"):
        bring(office, files_of(), now=statement.made_at - timedelta(minutes=1))
    assert bring(office, files_of(), now=last + timedelta(hours=23)).number == statement.number


def test_nobody_begins_to_rely_on_an_expired_proof(office: Office, theirs: ProofRecord) -> None:
    after = LATER + timedelta(days=40_000)
    assert standing_of(theirs, after.date()) is Standing.EXPIRED
    assert standing_of(theirs, (theirs.statement.made_at - timedelta(days=2)).date()) is Standing.NOT_YET
    with refused("expired"):
        register(office, theirs, now=after)
    test = register(office, theirs)
    measure_acceptance(test=test, run=office.released(), actor=office.evaluator, now=LATER)
    owner = office.person(Role.FIELD_OWNER, "owner here")
    with refused("expired"):
        decide_acceptance(test=test, accept=True, reason=REASON, actor=owner, now=after)
    decide_acceptance(test=test, accept=False, reason=REASON, actor=owner, now=after)
