"""Certificates: drafted by one, issued by another, the same bytes at every printing, withdrawn openly by two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from pandok.core.canonical import canonical
from pandok.engines.proof_pack.signing import opened
from pandok.fields.programme.acts.certificates.certificate_pdf import certificate_pdf
from pandok.fields.programme.acts.certificates.checking import faults_of
from pandok.fields.programme.acts.certificates.issuing import PAYLOAD, draft_certificate, drop_draft, issue_certificate
from pandok.fields.programme.acts.certificates.withdrawing import propose_withdrawal, settle_withdrawal
from pandok.fields.programme.acts.evidence.measuring import measure, recompute
from pandok.fields.programme.lists.certificates import certificate_in_hand
from pandok.fields.programme.models import Measurement, TrialCertificate
from tests.fields.programme.acts.test_measuring import RUN, YEAR_LATER, kept, refused, running
from tests.fields.programme.office import KEY, OVER, WHY, drafted_certificate, issued, measured, person, signed
from tests.fields.programme.records import SOURCES, records
from tests.roles import Role
from tests.tampering import take_trigger_away

pytestmark = pytest.mark.django_db
OFFICE = Role.PROGRAMME_OFFICE


@pytest.mark.parametrize("source", SOURCES)
def test_what_is_computed_a_year_later_is_what_was_certified(source: str) -> None:
    made = running(source, cluster="", least_rows=10)
    records(source, RUN, good=40, bad=1)
    first = kept(made)
    certificate = issued(draft_certificate(first.pk, "performance", actor=person(OFFICE), now=OVER))
    records(source, OVER + timedelta(days=9), good=0, bad=30)
    again = recompute(Measurement.objects.get(), YEAR_LATER)
    assert (again.same, again.differences) == (True, [])
    certified, found = certificate.content["kpis"][0], Measurement.objects.get().evidence.kpis[0]
    assert certified["value"] == found.value == pytest.approx(1 / 41)
    assert (certified["interval"], certified["verdict"]["name"]) == (list(found.interval or ()), "proven")


def test_two_persons_issue_it_and_it_is_signed_with_the_key_of_the_site() -> None:
    draft = drafted_certificate()
    manager = person(Role.PROGRAMME_MANAGER)
    by = {"reason": WHY, "key": KEY, "issuer": "", "check_at": "/verify/", "now": OVER}
    own = draft_certificate(draft.measurement_id, "honest", actor=manager, now=OVER)
    assert refused(issue_certificate, own.pk, actor=manager, **by) == "evidence.own_draft"
    assert refused(issue_certificate, draft.pk, actor=manager, **by | {"reason": ""}) == "request.reason"
    done = issue_certificate(draft.pk, actor=manager, **by)
    assert faults_of(done, [KEY.public]) == []
    assert opened(done.envelope, PAYLOAD, [KEY.public])[0] == canonical(done.content)
    assert refused(issue_certificate, draft.pk, actor=manager, **by) == "certificate.no_such_way"
    assert "person" not in str(done.content)
    assert manager.username not in str(done.content)


def test_what_was_not_proven_is_certified_as_such_and_never_as_performance() -> None:
    made = running(cluster="", least_rows=10)
    records("street_alerts", RUN, good=14, bad=6)
    first, office = kept(made), person(OFFICE)
    assert refused(draft_certificate, first.pk, "performance", actor=office, now=OVER) == "evidence.kind_and_verdict"
    assert refused(draft_certificate, first.pk, "medal", actor=office, now=OVER) == "evidence.bad_kind"
    done = issued(draft_certificate(first.pk, "honest", actor=office, now=OVER))
    assert done.content["verdict"] == {"name": "not_proven", "ko": "미입증", "en": "Not proven"}
    assert refused(draft_certificate, first.pk, "honest", actor=office, now=OVER) == "evidence.certified_already"


def test_only_a_final_measurement_that_still_comes_out_is_certified() -> None:
    made, office = signed(), person(OFFICE)
    interim = measure(made.pk, actor=office, now=OVER - timedelta(days=9))
    assert refused(draft_certificate, interim.pk, "trial", actor=office, now=OVER) == "evidence.not_final"
    final = measure(made.pk, actor=office, now=OVER)
    draft = draft_certificate(final.pk, "trial", actor=office, now=OVER)
    with connection.cursor() as cursor:
        take_trigger_away(cursor, "programme_measurement")
    QuerySet(Measurement).filter(pk=final.pk).update(
        values=final.values | {"kpis": [final.values["kpis"][0] | {"verdict": "proven"}]}
    )
    said = {
        "reason": WHY,
        "key": KEY,
        "issuer": "",
        "check_at": "/verify/",
        "actor": person(Role.PROGRAMME_MANAGER),
        "now": OVER,
    }
    assert refused(issue_certificate, draft.pk, **said) == "evidence.not_the_same"
    assert drop_draft(draft.pk, reason=WHY, actor=office, now=OVER).state == "dropped"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_printing_has_the_same_bytes_also_once_it_is_withdrawn(language: str) -> None:
    done = issued()
    first = certificate_pdf(done.content, done.sha256, language)
    _withdraw(done)
    again = TrialCertificate.objects.get(pk=done.pk)
    assert first.startswith(b"%PDF")
    assert certificate_pdf(again.content, again.sha256, language) == first


def _withdraw(done: TrialCertificate) -> None:
    propose_withdrawal(done.pk, reason="측정 장치가 뒤바뀜", actor=person(OFFICE), now=OVER)
    settle_withdrawal(done.pk, confirmed=True, reason=WHY, actor=person(Role.PROGRAMME_MANAGER), now=OVER)


def test_two_withdraw_it_and_until_then_it_holds() -> None:
    done, manager = issued(), person(Role.PROGRAMME_MANAGER)
    propose_withdrawal(done.pk, reason="측정 장치가 뒤바뀜", actor=manager, now=OVER)
    said = {"confirmed": True, "reason": WHY, "now": OVER}
    assert refused(settle_withdrawal, done.pk, actor=manager, **said) == "evidence.own_withdrawal"
    second = person(Role.PROGRAMME_MANAGER, "second manager")
    settle_withdrawal(done.pk, actor=second, **said | {"confirmed": False})
    done.refresh_from_db()
    assert (done.state, done.withdrawal_reason, faults_of(done, [KEY.public])) == ("issued", "", [])
    _withdraw(done)
    done.refresh_from_db()
    assert (done.state, done.withdrawal_reason) == ("withdrawn", "측정 장치가 뒤바뀜")
    assert faults_of(done, [KEY.public]) == []
    office = person(OFFICE)
    again = draft_certificate(done.measurement_id, "trial", actor=office, now=OVER)
    assert (again.state, again.number != done.number) == ("drafted", True)


def test_number_and_code_open_it_and_nothing_else_does() -> None:
    done = issued()
    assert len(done.code) == 24
    spoken = "-".join(done.code[at : at + 4] for at in range(0, 24, 4)).lower()
    assert certificate_in_hand(f" {done.number.lower()} ", spoken) == done
    for number, code in ((done.number, ""), (done.number, done.code[:-1]), ("2026-TC-000099", done.code), ("", "")):
        assert certificate_in_hand(number, code) is None
    draft = draft_certificate(measured().pk, "trial", actor=person(OFFICE), now=OVER)
    assert certificate_in_hand(draft.number, "") is None
    assert issued(draft).code != done.code


def _content(done: TrialCertificate, **changed: Any) -> None:
    TrialCertificate.objects.filter(pk=done.pk).update(content=done.content | changed)


def _row(done: TrialCertificate, **changed: Any) -> None:
    TrialCertificate.objects.filter(pk=done.pk).update(**changed)


TAMPERED: dict[str, tuple[Callable[..., None], dict[str, Any], set[str]]] = {
    "verdict": (_content, {"verdict": {"name": "proven", "ko": "입증", "en": "Proven"}}, {"digest", "signature"}),
    "everything": (_row, {"content": {}}, {"digest", "signature"}),
    "digest": (_row, {"sha256": "0" * 64}, {"digest", "trail"}),
    "signature": (_row, {"envelope": {}}, {"signature"}),
    "number": (_row, {"number": "2026-TC-000777"}, {"digest"}),
    "kind": (_row, {"kind": "performance"}, {"digest"}),
    "withdrawn by hand": (_row, {"state": "withdrawn"}, {"state"}),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_whatever_was_changed_of_a_certificate_is_found(name: str) -> None:
    done = issued()
    how, changed, faults = TAMPERED[name]
    how(done, **changed)
    assert {one.value for one in faults_of(TrialCertificate.objects.get(), [KEY.public])} == faults


def test_a_certificate_with_facts_digest_and_signature_of_another_key_is_found() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from pandok.core.canonical import digest
    from pandok.engines.proof_pack.signing import SigningKey

    done = issued()
    forged = done.content | {"verdict": {"name": "proven", "ko": "입증", "en": "Proven"}}
    key = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
    _row(done, content=forged, sha256=digest(forged), envelope=key.sign(canonical(forged), PAYLOAD))
    found = faults_of(TrialCertificate.objects.get(), [KEY.public])
    assert {one.value for one in found} == {"trail", "signature"}
