"""The programme of the demonstration: from a problem to a certificate that anybody checks, on the storm."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from django.test import Client
from django.utils import timezone

from pandok.common.audit import writing as audit
from pandok.common.people.accounts import ensure_demo_accounts
from pandok.core.programme.evidence import Occasion
from pandok.core.programme.lock import Lock
from pandok.demo.discussion import ANSWER, NOTICE, QUESTION
from pandok.demo.programme import KPIS, ensure_demo_programme
from pandok.demo.storm.night import ensure_demo_storm
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.programme.acts.evidence.computing import evidence_of
from pandok.fields.programme.acts.evidence.measuring import recompute
from pandok.fields.programme.lists.agreements import changes_since_lock
from pandok.fields.programme.models import (
    Agreement,
    Call,
    CommunityPost,
    FieldProblem,
    Measurement,
    ProgrammeNotice,
    TrialCertificate,
    TrialResource,
)
from pandok.fields.street.hazards_of_site import hazards_of_site
from pandok.fields.street.models import Alert
from pandok.proof.verdict import Verdict
from tests.chosen import Choose, choose_in
from tests.engines.hand_over.packages import KEY
from tests.fields.programme.records import records

FIGURES = ("value", "interval", "rows", "records", "left_out", "sha256", "since", "until")
pytestmark = pytest.mark.django_db


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    return choose_in(monkeypatch)


def counts() -> tuple[int, ...]:
    return tuple(one.objects.count() for one in (Agreement, Call, FieldProblem, TrialResource))


def test_a_programme_from_the_problem_to_a_certificate_on_the_storm(tmp_path: Path, choose: Choose) -> None:
    choose(home=tmp_path)
    now, blobs = timezone.now(), FolderBlobs(tmp_path / "blobs")
    ensure_demo_accounts(now)
    history = tmp_path / "history"
    ensure_demo_storm(now=now, blobs=blobs, hazards=hazards_of_site, history=history, clock=perf_counter)
    led = {
        "now": now,
        "key": KEY,
        "issuer": "시연 기관",
        "check_at": "http://h/verify/",
    }
    made = ensure_demo_programme(**led)
    few, timely = made.measurement.evidence.kpis
    alerts = Alert.objects.count()
    assert 0 < few.records <= alerts
    assert Verdict(few.verdict) is Verdict.UNDECIDABLE, "a night is too little for a share, and says so"
    assert timely.value is not None
    assert timely.rows >= 1
    assert recompute(made.measurement, now).same
    assert changes_since_lock(made.agreement, now) == []
    assert audit.verify() is None

    public = Client()
    checked = public.get("/verify/", {"number": made.certificate.number, "code": made.certificate.code})
    assert checked.status_code == 200
    assert made.agreement.number in checked.content.decode()
    community = public.get("/community/").content.decode()
    assert all(words in community for words in (NOTICE["title_ko"], QUESTION))
    assert ANSWER in public.get("/community/questions/").content.decode()
    for page in ("/problems/", "/calls/", f"/projects/{made.agreement.number}/"):
        shown = public.get(page)
        assert shown.status_code == 200, page
        assert "시연" in shown.content.decode(), page
    before = (
        Agreement.objects.count(),
        Call.objects.count(),
        FieldProblem.objects.count(),
        TrialResource.objects.count(),
    )
    again = ensure_demo_programme(**led)
    assert (ProgrammeNotice.objects.count(), CommunityPost.objects.count()) == (1, 2)
    assert again.certificate == made.certificate
    after = (
        Agreement.objects.count(),
        Call.objects.count(),
        FieldProblem.objects.count(),
        TrialResource.objects.count(),
    )
    assert after == before == (1, 1, 2, 1)
    _a_year_later_every_kpi_comes_out_as_certified(made.certificate, now)


def _a_year_later_every_kpi_comes_out_as_certified(certificate: TrialCertificate, now: datetime) -> None:
    """Also where more was recorded since: computed from the records, not read from what was kept."""
    year_later, kept = now + timedelta(days=365), Measurement.objects.get(pk=certificate.measurement_id)
    records("street_alerts", now + timedelta(days=9), good=0, bad=12)
    again = recompute(kept, year_later)
    assert (again.same, again.differences) == (True, [])
    found = evidence_of(
        kept.agreement, kept.version, number=kept.number, occasion=Occasion(kept.occasion), measured_at=kept.measured_at
    )
    certified = {one["name"]: one for one in certificate.content["kpis"]}
    lines = {one.key: one.name for one in Lock.model_validate(kept.version.lock).sheet.indicators}
    assert {lines[one.key] for one in found.kpis} == set(certified)
    assert len(found.kpis) == len(certified) == len(KPIS)
    for one in found.kpis:
        told, said = certified[lines[one.key]], one.model_dump(mode="json")
        assert {name: said[name] for name in FIGURES} == {name: told[name] for name in FIGURES}, one.key
        assert told["verdict"]["name"] == one.verdict
