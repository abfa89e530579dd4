"""A proven reader goes to another region's Pandok and is answered from there; nothing of it is typed in."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.common.audit.writing import record
from pandok.common.decoding import parsing_pool
from pandok.common.models import Account, AuditEntry
from pandok.core.audit import AuditEvent
from pandok.core.canonical import canonical
from pandok.core.errors import PandokError
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.hand_over.package import READER, answered, unpacked
from pandok.engines.proof_pack.keys import SiteKey, key_file
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.lab.acts.proofs.importing import add_key
from pandok.fields.lab.models import ProofRecord
from pandok.fields.programme.acts.spread.answering import keep_answer
from pandok.fields.programme.acts.spread.making import make_hand_over, provable
from pandok.fields.programme.acts.spread.taking_over import take_hand_over
from pandok.fields.programme.lists.spread import offers_of
from pandok.fields.programme.models import Agreement, HandOverMade, SpreadAnswer
from tests.engines.hand_over.packages import CONDITIONS, OTHER, answer
from tests.fields.lab.acts.proofs.conftest import KEY
from tests.fields.lab.acts.proofs.test_trial_proofs import SITE, judged, made
from tests.fields.programme.office import NOON, OVER, accepted_problem, measured, person, signed
from tests.roles import Role

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[4]
ELSEWHERE = "부산 동구청"
SHEET: dict[str, Any] = {
    "operated_by": "재난상황팀장",
    "paid_by": "북구청 안전총괄과",
    "conditions": CONDITIONS,
    "cautions": "결빙에는 시험하지 않음",
}


class Here:
    """This site: a finally measured agreement, and a proof of the lab that is in force."""

    def __init__(self, folder: Path):
        trials = judged(folder)
        self.proof: ProofRecord = made(trials)
        self.blobs: FolderBlobs = trials.blobs
        self.agreement: Agreement = measured().agreement
        self.now: datetime = max(trials.clock() + timedelta(hours=1), OVER)

    @property
    def office(self) -> Account:
        return person(Role.PROGRAMME_OFFICE)

    def hand_over(self, **other: Any) -> HandOverMade:
        said = {"proof_number": self.proof.number, "sheet": SHEET, "reader": b"", "site": SITE, "key": KEY}
        given = said | {"blobs": self.blobs, "actor": self.office, "now": self.now} | other
        return make_hand_over(given.pop("agreement_id", self.agreement.pk), **given)


@pytest.fixture
def here(tmp_path: Path) -> Here:
    return Here(tmp_path / "here")


def code(act: Any, *args: Any, **said: Any) -> str:
    with pytest.raises(PandokError) as error:
        act(*args, **said)
    return str(error.value.error_code)


def test_it_says_what_was_measured_and_proven_and_carries_the_proof(here: Here) -> None:
    kept = here.hand_over()
    package = unpacked(here.blobs.get(kept.package), [SiteKey(KEY.public, site=SITE)])
    said, evidence = package.statement, here.agreement.measurements.get().evidence
    assert package.proof == here.blobs.get(here.proof.pack_sha256)
    assert [(one.key, one.value, one.verdict) for one in said.kpis] == [
        (one.key, one.value, one.verdict) for one in evidence.kpis
    ]
    assert (said.lock, said.measurement) == (here.agreement.versions.get().sha256, evidence.number)
    assert (said.proof.number, said.proof.sha256) == (here.proof.number, here.proof.pack_sha256)
    assert said.sheet.conditions.devices == CONDITIONS["devices"]
    entry = AuditEntry.objects.get(action="hand-over.made")
    assert (entry.object, entry.actor) == (f"hand-over:{kept.number}", here.office.get_username())


def test_what_is_not_measured_proven_or_said_is_not_handed_over(here: Here) -> None:
    assert code(here.hand_over, agreement_id=signed(title="다른 실증").pk) == "spread.not_measured"
    assert code(here.hand_over, proof_number="2026-P-999999") == "spread.no_proof"
    late = here.now + timedelta(days=2000)
    assert provable(late) == []
    assert code(here.hand_over, now=late) == "spread.no_proof"
    assert code(here.hand_over, reader=b"some other model") == "spread.other_reader"
    empty = SHEET | {"conditions": CONDITIONS | {"season": ""}}
    assert code(here.hand_over, sheet=empty) == "spread.bad_sheet"
    assert not HandOverMade.objects.exists()
    assert not AuditEntry.objects.filter(action="hand-over.made").exists()


def test_while_the_clock_is_in_doubt_nothing_is_handed_over(here: Here) -> None:
    record(AuditEvent("officer", "thing.done", "thing:1", "", here.now + timedelta(days=3)))
    assert code(here.hand_over) == "evidence.clock"
    assert not HandOverMade.objects.exists()
    assert here.hand_over(now=here.now + timedelta(days=3)).number.endswith("-HO-000001")


def test_the_reader_goes_along_only_as_the_file_that_was_proven(here: Here) -> None:
    reader = b"the model itself"
    ProofRecord.objects.filter(pk=here.proof.pk).update(model_sha256=hashlib.sha256(reader).hexdigest())
    kept = here.hand_over(reader=reader)
    assert READER.encode() in here.blobs.get(kept.package)
    assert unpacked(here.blobs.get(kept.package), [SiteKey(KEY.public, site=SITE)]).reader == reader


def test_who_has_the_problem_too_is_offered_it(here: Here) -> None:
    other = accepted_problem(region="jeju", title="제주 지하차도 침수")
    accepted_problem(region="jeju", topic="health", title="다른 분야")
    found = offers_of(here.hand_over())
    assert [(one.region.value, one.problem.number, one.said_too) for one in found] == [("jeju", other.number, False)]


def test_another_region_takes_it_in_tests_it_and_says_so(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = here.hand_over()
    package, key, file = tmp_path / "hand-over.zip", tmp_path / "site.pub", tmp_path / "answer.json"
    package.write_bytes(here.blobs.get(kept.package))
    key.write_text(key_file(KEY.public, site=SITE), encoding="utf-8")
    command = [sys.executable, "-m", "tests.fields.programme.other_programme", here.now.isoformat(), str(key), SITE]
    home = {"PANDOK_HOME": str(tmp_path / "there"), "PANDOK_SITE_NAME": ELSEWHERE, "PANDOK_LANGUAGE": "ko"}
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("PANDOK_", "DJANGO_"))}
    done = subprocess.run(
        [*command, str(package), str(file)],
        cwd=ROOT,
        env=surroundings | home,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["before its key"]["status"] == 422
    assert "레이더 수위계 2곳" in told["before its key"]["words"], "what was entered is kept"
    assert (told["taken"], told["again"], told["answer before its test"]) == (302, 422, 422)
    assert (told["to the lab by the office"], told["to the lab"]) == (403, 302)
    assert told["proof"] == [here.proof.number, "imported"]
    assert (told["answered by the office"], told["answered"], told["answered again"]) == (403, 302, 422)
    for words in (SITE, "초음파 수위계", "레이더 수위계 2곳", "받지 않음"):
        assert words in told["shown"], words
    assert told["audit"] == [["hand-over.taken", "programme-office"], ["hand-over.answered", "programme-manager"]]
    assert "레이더 수위계에서는" not in told["map"], "the reason is for the two sites"
    assert ELSEWHERE in told["map"]

    there = tmp_path / "there" / "keys" / "proof-signing-key"
    evaluator = person(Role.EVALUATOR)
    add_key(
        data=key_file(SigningKey.at(there).public, site=ELSEWHERE).encode(), site=ELSEWHERE, reason="전화로 비교함",
        actor=evaluator, now=here.now,
    )  # fmt: skip
    monkeypatch.setattr("pandok.fields.programme.web.views.spread.settings", lambda: SimpleNamespace(site_name=SITE))
    office = Client()
    office.force_login(here.office)
    sent = office.post("/programme/spread/answers/", {"answer": SimpleUploadedFile("answer.json", file.read_bytes())})
    assert sent.headers["Location"] == f"/programme/spread/made/{kept.pk}/"
    again = office.post("/programme/spread/answers/", {"answer": SimpleUploadedFile("a.json", file.read_bytes())})
    assert again.status_code == 422
    page = office.get(f"/programme/spread/made/{kept.pk}/").content.decode()
    assert "레이더 수위계에서는 15분 앞 경보가 모자람" in page
    public = Client().get("/spread/").content.decode()
    for words in (SITE, ELSEWHERE, "영남권", "호남권", "레이더 수위계 2곳", "받지 않음"):
        assert words in public, words
    for secret in ("15분 앞 경보가 모자람", "programme-office", here.office.get_username()):
        assert secret not in public, secret


def test_an_answer_that_is_not_to_us_is_refused(here: Here) -> None:
    kept = here.hand_over()
    key = key_file(OTHER.public, site=ELSEWHERE).encode()
    add_key(data=key, site=ELSEWHERE, reason="전화로 비교함", actor=person(Role.EVALUATOR), now=here.now)
    said = {"hand_over": kept.number, "made_by": SITE, "site": ELSEWHERE}

    def kept_of(**other: Any) -> Any:
        data = answered(answer(**said | other), OTHER)
        return keep_answer(data=data, site=SITE, pool=parsing_pool(), actor=here.office, now=here.now)

    assert code(kept_of, hand_over="2026-HO-000099") == "spread.other_answer"
    assert code(kept_of, made_by="다른 기관") == "spread.other_answer"
    assert code(kept_of, region="atlantis") == "spread.other_answer"
    assert code(kept_of, site="대구 중구청") == "hand_over.site"
    kept_of()
    assert code(kept_of, became="refused") == "spread.answered"
    assert SpreadAnswer.objects.get().became == "accepted"


def test_a_site_does_not_take_in_what_it_made_itself(here: Here) -> None:
    data = here.blobs.get(here.hand_over().package)
    add_key(
        data=key_file(KEY.public, site=SITE).encode(), site=SITE, reason="전화로 비교함", actor=person(Role.EVALUATOR),
        now=here.now,
    )  # fmt: skip
    said: dict[str, Any] = {
        "region": "honam", "here": CONDITIONS, "problem_number": "", "pool": parsing_pool(), "blobs": here.blobs,
        "actor": here.office, "now": here.now,
    }  # fmt: skip
    assert code(take_hand_over, data=data, site=SITE, **said) == "spread.own"
    assert code(take_hand_over, data=data, site=ELSEWHERE, **said | {"here": {}}) == "spread.bad_sheet"
    assert code(take_hand_over, data=data, site=ELSEWHERE, **said | {"region": "moon"}) == "spread.bad_sheet"
    assert code(take_hand_over, data=data[:-1], site=ELSEWHERE, **said) == "hand_over.form"
    taken = take_hand_over(data=data, site=ELSEWHERE, **said)
    assert (taken.site, taken.taken_at) == (SITE, here.now)
    assert canonical(taken.statement) == canonical(HandOverMade.objects.get().statement)
    assert taken.taken_at > NOON


def test_a_package_is_made_and_checked_at_the_command_line(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pandok.fields.programme.cli.spread.datetime", SimpleNamespace(now=lambda _: here.now))
    monkeypatch.setattr("pandok.common.house.blobs", lambda: here.blobs)
    monkeypatch.setattr("pandok.engines.proof_pack.site_key.site_signing_key", lambda _: KEY)
    sheet, out, key = tmp_path / "sheet.json", tmp_path / "hand-over.zip", tmp_path / "site.pub"
    sheet.write_text(json.dumps(SHEET), encoding="utf-8")
    command = ["programme", "hand-over", here.agreement.number, "--proof", here.proof.number, "--sheet", str(sheet)]
    here.office, person(Role.PROGRAMME_MANAGER)  # both have accounts
    by_manager = CliRunner().invoke(app, [*command, "--out", str(out), "--by", "programme-manager of the programme"])
    assert (by_manager.exit_code, "[spread.role]" in by_manager.stderr) == (2, True)
    done = CliRunner().invoke(app, [*command, "--out", str(out), "--by", here.office.get_username()])
    assert done.exit_code == 0, done.output + done.stderr
    site = unpacked(out.read_bytes(), [SiteKey(KEY.public, site="")]).statement.site
    key.write_text(key_file(KEY.public, site=site), encoding="utf-8")
    checked = CliRunner().invoke(app, ["programme", "check-hand-over", str(out), "--key", str(key)])
    assert checked.exit_code == 0, checked.output + checked.stderr
    assert "false_share_0" in checked.stdout
    out.write_bytes(out.read_bytes()[:-1])
    broken = CliRunner().invoke(app, ["programme", "check-hand-over", str(out), "--key", str(key)])
    assert (broken.exit_code, "[hand_over.form]" in broken.stderr) == (2, True)
