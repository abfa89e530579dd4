"""`pandok proof` on a machine that has nothing: no home, no database, no settings; only the file and the key."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pandok.core.canonical import digest
from pandok.engines.proof_pack import pack_bytes as pack
from pandok.engines.proof_pack.keys import key_file, read_keys
from pandok.engines.proof_pack.pack_bytes import zipped
from pandok.engines.proof_pack.signed_report import signed_report
from tests.cli.test_commands import pandok
from tests.engines.proof_pack.samples import DAY, KEY, OTHER_KEY, SITE, proof

FILES = proof()[1]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "proof.zip").write_bytes(zipped(FILES))
    (tmp_path / "busan.pub").write_text(key_file(KEY.public, site=SITE), encoding="utf-8")
    (tmp_path / "other.pub").write_text(key_file(OTHER_KEY.public, site="Incheon"), encoding="utf-8")
    return tmp_path


def test_a_proof_is_checked_in_an_empty_place(place: Path) -> None:
    """With an empty environment and home; Django is never loaded, and nothing is written."""
    before = sorted(place.rglob("*"))
    code = (
        "import sys; sys.argv = ['pandok', 'proof', 'verify', 'proof.zip', '--key', 'busan.pub']\n"
        "from pandok.cli.main import app\n"
        "try:\n    app()\nfinally:\n    print('django' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=place,
        env={"HOME": str(place), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr.strip()) == (0, "False")
    assert "판정: 입증" in done.stdout
    assert done.stdout.count("✓") == 14
    assert sorted(place.rglob("*")) == before


def test_it_is_said_in_english_and_as_json(place: Path) -> None:
    done = pandok(place, "--language", "en", "proof", "verify", "proof.zip", "--key", "busan.pub")
    assert "The proof holds. Verdict: Proven. Valid until 2099-12-31." in done.stdout
    told = json.loads(pandok(place, "proof", "verify", "proof.zip", "--key", "busan.pub", "--json").stdout)
    assert (told["holds"], told["verdict"], len(told["checks"])) == (True, "proven", 14)
    assert not (place / "home").exists()


def test_another_key_or_none_is_told_and_ends_with_one(place: Path) -> None:
    for more in ([], ["--key", "other.pub"]):
        done = pandok(place, "proof", "verify", "proof.zip", *more)
        assert (done.returncode, done.stdout.count("✗")) == (1, 3)
    both = pandok(place, "proof", "verify", "proof.zip", "--key", "other.pub", "--key", "busan.pub")
    assert both.returncode == 0


def test_a_changed_folder_ends_with_one_and_no_proof_with_two(place: Path) -> None:
    folder = place / "proof"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    assert pandok(place, "proof", "verify", "proof", "--key", "busan.pub").returncode == 0
    (folder / pack.REPORT_PDF).write_bytes(FILES[pack.REPORT_PDF] + b"\n")
    changed = pandok(place, "proof", "verify", "proof", "--key", "busan.pub")
    assert (changed.returncode, changed.stdout.count("✗")) == (1, 2)
    (place / "hostile.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    hostile = pandok(place, "proof", "verify", "hostile.zip", "--key", "busan.pub")
    assert (hostile.returncode, "proof.missing" in hostile.stderr, "Traceback" in hostile.stderr) == (2, True, False)
    nowhere = pandok(place, "proof", "verify", "nowhere.zip")
    assert (nowhere.returncode, "proof.unreadable" in nowhere.stderr) == (2, True)


def test_a_file_without_key_ends_with_two(place: Path) -> None:
    for data in (b"", b"hello", b"\xff\xfe", b"AAAA", b"# only a note\n"):
        (place / "wrong.pub").write_bytes(data)
        done = pandok(place, "proof", "verify", "proof.zip", "--key", "wrong.pub")
        assert (done.returncode, "proof.key_file" in done.stderr) == (2, True)
    done = pandok(place, "proof", "verify", "proof.zip", "--key", "missing.pub")
    assert (done.returncode, "proof.key_file" in done.stderr) == (2, True)


def test_a_site_shows_its_key_and_a_proof_its_words(place: Path) -> None:
    first = pandok(place, "proof", "keys", "--site", "부산세관")
    assert first.returncode == 0, first.stderr
    assert pandok(place, "proof", "keys", "--site", "부산세관").stdout == first.stdout
    assert len(read_keys(first.stdout.encode())) == 1
    assert "부산세관" in first.stdout
    assert [path.name for path in (place / "home").rglob("*") if path.is_file()] == ["proof-signing-key"]
    shown = pandok(place, "--language", "en", "proof", "show", "proof.zip")
    assert "accuracy: model - practice = +0.1250 [+0.0309, +0.2181], line +0.0000" in shown.stdout
    assert "Verdict: Proven" in shown.stdout


def test_a_key_of_another_site_is_told(place: Path) -> None:
    (place / "renamed.pub").write_text(key_file(KEY.public, site="Incheon"), encoding="utf-8")
    done = pandok(place, "proof", "verify", "proof.zip", "--key", "renamed.pub")
    assert (done.returncode, done.stdout.count("✗")) == (1, 1)
    assert "Incheon" in done.stdout


def test_a_proof_out_of_force_is_said_to_be_and_ends_with_three(place: Path) -> None:
    """Also a word for programs, and the day can be chosen: an auditor asks whether it was in force then."""
    old = proof(made_at=DAY, expires_on=date(2026, 6, 30))[1]
    (place / "old.zip").write_bytes(zipped(old))
    said = pandok(place, "proof", "verify", "old.zip", "--key", "busan.pub", "--on", "2026-07-01")
    assert (said.returncode, "유효 기한이 지났습니다(2026-06-30)" in said.stdout) == (3, True)
    told = pandok(place, "proof", "verify", "old.zip", "--key", "busan.pub", "--on", "2026-07-01", "--json")
    found = json.loads(told.stdout)
    assert (told.returncode, found["holds"], found["in_force"]) == (3, True, "expired")
    assert pandok(place, "proof", "verify", "old.zip", "--key", "busan.pub", "--on", "2026-06-30").returncode == 0
    early = pandok(place, "proof", "verify", "old.zip", "--key", "busan.pub", "--on", "2026-01-01")
    assert (early.returncode, "아직 효력이 없습니다" in early.stdout) == (3, True)
    long_ago = proof(made_at=DAY, expires_on=date(2026, 2, 2))[1]
    (place / "past.zip").write_bytes(zipped(long_ago))
    today = pandok(place, "--language", "en", "proof", "verify", "past.zip", "--key", "busan.pub")
    assert (today.returncode, "has expired (2026-02-02)" in today.stdout) == (3, True)


def test_the_signed_report_of_a_trial_is_checked_offline(place: Path) -> None:
    report = {"trial": "t-1", "registration_sha256": "0" * 64, "verdict": "proven"}
    report["registration"] = {"protocol": {"title": "Bags at the port"}}  # type: ignore[assignment]
    signed = signed_report(report, digest(report), KEY)
    (place / "report.json").write_bytes(signed)
    (place / "another-hash.json").write_bytes(signed_report(report, "0" * 64, KEY))
    (place / "deep.json").write_bytes(b"[" * 100_000)
    (place / "no-object.json").write_bytes(b"[]")
    done = pandok(place, "--language", "en", "proof", "report", "report.json", "--key", "busan.pub")
    assert "Bags at the port" in done.stdout
    assert "Verdict: Proven" in done.stdout
    assert "Signature and hash hold." in done.stdout
    told = json.loads(pandok(place, "proof", "report", "report.json", "--key", "busan.pub", "--json").stdout)
    assert told["report"] == report
    assert not (place / "home").exists()
    for file, key, says in (
        ("report.json", "other.pub", "The signature does not hold."),
        ("another-hash.json", "busan.pub", "The report is not what its rows give."),
        ("deep.json", "busan.pub", "This is no signed report of a trial."),
        ("no-object.json", "busan.pub", "The signature does not hold."),
        ("busan.pub", "busan.pub", "This is no signed report of a trial."),
        ("absent.json", "busan.pub", "The file cannot be read"),
    ):
        refused = pandok(place, "--language", "en", "proof", "report", file, "--key", key)
        assert refused.returncode == 2
        assert says in refused.stderr
        assert "Traceback" not in refused.stderr
