"""A proof of another site, its acceptance test, and an export that waits for review, for tests of pages."""

from __future__ import annotations

from django.conf import settings as django_settings

from pandok.common.models import Account
from pandok.fields.lab.acts.exports.author_steps import add_file, begin_export, submit_export
from pandok.fields.lab.acts.exports.export_folder import ExportFolder
from pandok.fields.lab.acts.exports.sealed_index import print_key, shelf
from pandok.fields.lab.acts.proofs.importing import add_key, import_proof
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.models import AcceptanceTest, ExportRequest, ProofRecord
from pandok.fields.lab.states.acceptance_states import AcceptanceState
from pandok.settings import settings
from tests.engines.proof_pack.samples import KEY, SITE, measured, proof, registration
from tests.fields.designs.fakes import NOON
from tests.roles import Role
from tests.world import Site


def make_proof(site: Site) -> ProofRecord:
    from pandok.engines.proof_pack.keys import key_file
    from pandok.engines.proof_pack.pack_bytes import zipped

    actor = site.account(Role.EVALUATOR, "another evaluator")
    data = key_file(KEY.public, site=SITE).encode()
    add_key(data=data, site=SITE, reason="read out by telephone", actor=actor, now=NOON)
    return import_proof(data=zipped(proof()[1]), actor=actor, now=NOON, blobs=site.blobs)


def make_acceptance(site: Site) -> AcceptanceTest:
    """Measured, waiting for the field owner."""
    kept = make_proof(site)
    return AcceptanceTest.objects.create(
        proof=kept,
        registration_values=registration().model_dump(mode="json"),
        registration_sha256="1" * 64,
        planned_n=20,
        state=AcceptanceState.MEASURED,
        registered_by=kept.kept_by,
        registered_at=NOON,
        reason="a first look here",
        run_id="run-2",
        measured_values=measured().model_dump(mode="json"),
        verdict="not_proven",
        measured_at=NOON,
    )


def export_folder() -> ExportFolder:
    return ExportFolder(settings().home / "exports", secret_key=django_settings.SECRET_KEY)


def make_export(site: Site, *, author: Account | None = None, submitted: bool = True) -> ExportRequest:
    author = author or site.account(Role.EVALUATOR, "another author")
    request = begin_export(
        title="figures of March",
        purpose="To publish the figures of March",
        legal_basis="agreement 2026-11",
        actor=author,
        now=NOON,
    )
    folder = export_folder()
    data = b"site,count\nA,12\nB,3\n"
    add_file(request=request, filename="figures.csv", data=data, actor=author, now=NOON, folder=folder)
    if submitted:
        key = print_key(site_vault(settings().home).ledger)
        submit_export(request=request, actor=author, now=NOON, folder=folder, shelf=shelf(), key=key)
    return ExportRequest.objects.get(id=request.id)
