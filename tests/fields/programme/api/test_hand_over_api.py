"""The whole way of a hand-over by programs: made, answered elsewhere, and the answer kept at the site that made it.

What the two sites are called, their keys and their time are arguments of the act; here the API is given those of each.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.utils import timezone

from pandok.engines.hand_over.package import answered, packed
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.lab.models import AcceptanceTest, ProofRecord
from pandok.fields.programme.models import HandOverMade, SpreadAnswer
from pandok.web.api.rate import BUCKETS
from tests.api.world import ApiSite, Form
from tests.engines.hand_over.packages import CONDITIONS, KEY, OTHER, PROOF, SITE, answer, statement
from tests.fields.programme.acts.test_spread import Here
from tests.fields.programme.api.test_desk_api import HERE, asked, refused
from tests.fields.programme.api.test_desk_api import trusted as trusted
from tests.fields.programme.office import person
from tests.fields.programme.spreading import handed_over
from tests.roles import Role

pytestmark = pytest.mark.django_db
API = "pandok.fields.programme.api.hand_overs"
ELSEWHERE = "부산 동구청"


def at_site(monkeypatch: pytest.MonkeyPatch, name: str, key: SigningKey) -> None:
    monkeypatch.setattr(f"{API}.settings", lambda: SimpleNamespace(site_name=name, home=Path("/nowhere")))
    monkeypatch.setattr(f"{API}.site_signing_key", lambda _home: key)


def test_what_was_measured_and_proven_is_handed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, nothing = Here(tmp_path / "lab"), cast(Any, None)
    site = ApiSite(nothing, nothing, nothing, nothing)  # the lab's proof comes with a world of its own
    BUCKETS.clear()
    at_site(monkeypatch, SITE, KEY)
    monkeypatch.setattr(f"{API}.timezone", SimpleNamespace(now=lambda: here.now))
    monkeypatch.setattr(f"{API}.house", SimpleNamespace(blobs=lambda: here.blobs))
    sheet = CONDITIONS | {"proof": here.proof.number, "operated_by": "재난상황팀장", "paid_by": "북구청"}
    path = f"/agreements/{here.agreement.pk}/hand-overs"
    status, told = asked(site, here.office, path, sheet, key="h")
    assert status == 200, told
    assert asked(site, here.office, path, sheet, key="h") == (200, told)
    made = HandOverMade.objects.get()
    assert (told["id"], told["proof"], told["answers"]) == (str(made.pk), here.proof.number, [])
    assert made.statement.sheet.conditions.devices == CONDITIONS["devices"]
    package = site.ask(here.office, "get", f"/programme/hand-overs/{made.pk}/package").content
    assert "hand-over.json" in zipfile.ZipFile(io.BytesIO(package)).namelist()


@pytest.mark.usefixtures("trusted")
def test_the_answer_of_another_site_is_kept_once(site: ApiSite, monkeypatch: pytest.MonkeyPatch) -> None:
    at_site(monkeypatch, SITE, KEY)
    made, office = handed_over(), person(Role.PROGRAMME_OFFICE)
    sent = Form({}, {"file": ("answer.json", answered(answer(), OTHER), "application/json")})
    status, told = asked(site, office, "/hand-overs/answers", sent)
    assert status == 200, told
    assert (told["id"], [(one["site"], one["became"]) for one in told["answers"]]) == (
        str(made.pk),
        [(ELSEWHERE, "accepted")],
    )
    changed = Form({}, {"file": ("answer.json", answered(answer(became="refused"), OTHER), "application/json")})
    assert refused(site, office, "/hand-overs/answers", changed) == "spread.answered"
    assert SpreadAnswer.objects.get().made == made


@pytest.mark.usefixtures("trusted")
def test_what_the_lab_decided_is_answered_once_and_given_out_signed(
    site: ApiSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_site(monkeypatch, ELSEWHERE, OTHER)
    office, manager = person(Role.PROGRAMME_OFFICE), person(Role.PROGRAMME_MANAGER)
    sent = Form(HERE, {"file": ("a.zip", packed(statement(), PROOF, b"", KEY), "application/zip")})
    taken: dict[str, Any] = asked(site, office, "/hand-overs/taken", sent)[1]
    _decided()
    own = f"/hand-overs/taken/{taken['id']}/answer"
    status, told = asked(site, manager, own)
    assert status == 200, told
    assert (told["answer"]["site"], told["answer"]["became"]) == (ELSEWHERE, "refused")
    assert refused(site, manager, own) == "spread.answered"
    given = site.ask(office, "get", f"/programme{own}")
    assert given.status_code == 200
    assert given.content == SpreadAnswer.objects.get().envelope.encode()
    assert json.loads(given.content)["signatures"][0]["keyid"] == OTHER.key_id


def _decided() -> None:
    """The test itself is the lab's (tests/fields/lab): here it stands as decided."""
    proof, now, evaluator = statement().proof, timezone.now(), person(Role.EVALUATOR)
    kept = ProofRecord.objects.create(
        number=proof.number, origin=ProofRecord.IMPORTED, site=SITE, problem_id=proof.problem_id,
        registration_sha256="c" * 64, model_sha256=proof.model_sha256, verdict=proof.verdict, statement_values={},
        pack_sha256=proof.sha256, signed_by=KEY.key_id, kept_by=evaluator, kept_at=now, expires_on=proof.expires_on,
    )  # fmt: skip
    AcceptanceTest.objects.create(
        proof=kept, registration_values={}, registration_sha256="d" * 64, planned_n=150, state="refused",
        registered_by=evaluator, registered_at=now, reason="자체 봉인 자료", verdict="not_proven",
        decided_by=person(Role.FIELD_OWNER), decided_at=now, decision_reason="경보가 모자람",
    )  # fmt: skip
