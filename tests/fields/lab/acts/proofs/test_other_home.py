"""A trial's result leaves one site as a proof and is taken in at another: two homes, two databases, two processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pandok.core.canonical import canonical
from pandok.engines.proof_pack import pack_bytes as pack
from pandok.engines.proof_pack.keys import key_file
from pandok.engines.proof_pack.pack_bytes import unzipped, zipped
from tests.engines.proof_pack.samples import OTHER_KEY
from tests.fields.lab.acts.proofs.conftest import KEY
from tests.fields.lab.acts.proofs.test_trial_proofs import SITE, judged, made

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[5]


def altered(data: bytes, *, key: Any) -> bytes:
    """One number better than it was, signed again."""
    files = unzipped(data)
    statement = json.loads(files[pack.STATEMENT])
    statement["measured"]["evidence"][0]["differences"][0] = -1
    files[pack.STATEMENT] = canonical(statement)
    files[pack.ENVELOPE] = canonical(key.sign(files[pack.STATEMENT], "application/vnd.pandok.proof.v1+json"))
    files[pack.SUMS] = pack.sums_of(files)
    return zipped(files)


def by_another(data: bytes) -> bytes:
    """The same statement under a key that the other site does not know."""
    files = unzipped(data)
    files[pack.ENVELOPE] = canonical(OTHER_KEY.sign(files[pack.STATEMENT], "application/vnd.pandok.proof.v1+json"))
    files[pack.SUMS] = pack.sums_of(files)
    return zipped(files)


def test_a_trials_proof_is_taken_in_at_another_site_through_its_own_doors(tmp_path: Path) -> None:
    trials = judged(tmp_path / "here")
    kept = made(trials)
    honest = trials.blobs.get(kept.pack_sha256)
    packs = {"honest": honest, "altered": altered(honest, key=KEY), "foreign": by_another(honest), "no zip": b"PK"}
    paths = []
    for name, data in packs.items():
        paths.append(tmp_path / f"{name}.zip")
        paths[-1].write_bytes(data)
    key = tmp_path / "site.pub"
    key.write_text(key_file(KEY.public, site=SITE), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "tests.fields.lab.acts.proofs.other_home",
        trials.clock().isoformat(),
        str(key),
        SITE,
    ]
    home = {"PANDOK_HOME": str(tmp_path / "there"), "PANDOK_SITE_NAME": "부산세관", "PANDOK_LANGUAGE": "ko"}
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("PANDOK_", "DJANGO_"))}
    done = subprocess.run(
        [*command, *map(str, paths)], cwd=ROOT, env=surroundings | home, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])

    assert told["before its key"]["code"] == "proof.no_key"
    assert told["key by who may not"]["code"] == told["by who may not"]["code"] == "proof.role"
    assert told["key"]["exit"] == 0
    assert [one["code"] for one in told["altered or foreign"]] == [
        "proof.does_not_hold",
        "proof.does_not_hold",
        "proof.zip",
    ]
    assert told["expired"]["code"] == "proof.expired"
    assert told["kept before"] == 0
    assert (told["page"]["status"], told["shown"]["status"]) == (302, 200)
    for words in (SITE, "입증한 기관", kept.number, "확인 후 등록"):
        assert words in told["shown"]["words"], words
    assert told["again"]["code"] == "proof.kept"
    [row] = told["list"]
    assert (row["proved_by"], row["origin"], row["verdict"]) == (SITE, "imported", "proven")
    assert (row["kept_by"], row["standing"], row["number"]) == ("evaluator", "not_tested", kept.number)
    assert told["audit"] == [["proof.key_trusted", "evaluator"], ["proof.imported", "evaluator"]]
