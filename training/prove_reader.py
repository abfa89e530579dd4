"""Carry the shipped encoder through the lab on a shipped pack, and keep its proof beside the model card.

    PANDOK_SHARED=../shared python training/prove_reader.py designs-packages designs-drawings

The same steps and refusals as for any company: pack sealed, protocol locked, model handed in, run in the sandbox,
compared, released by two, signed. Everything happens in a home of its own that is thrown away, its signing key too:
whoever doubts the proof makes it again with this command and compares the measured numbers.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

PROOFS = Path(__file__).resolve().parent.parent / "src" / "pandok" / "models" / "pandok-design" / "proofs"
SITE = "Pandok, development"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("packs", nargs="+")
    parser.add_argument("--to", type=Path, default=PROOFS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pandok-proving-") as home:
        os.environ |= {"PANDOK_HOME": home, "PANDOK_SITE_NAME": SITE}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pandok.web.django_settings")
        prove(options.packs, Path(home), options.to)


def prove(packs: list[str], home: Path, target: Path) -> None:
    from pandok.cli.terminal import start_django

    start_django()
    from datetime import UTC, datetime

    from pandok.common.people.accounts import DEMO_PREFIX, ensure_demo_accounts
    from pandok.demo.lab_people import open_way
    from pandok.demo.packs.table import shipped_pack
    from pandok.engines.proof_pack.keys import key_file
    from pandok.engines.proof_pack.site_key import site_signing_key
    from pandok.fields.lab.acts.packs.pack_reader import read_pack
    from pandok.fields.lab.cli.reader_submission import reader_archive
    from pandok.fields.lab.models import ComparisonRecord
    from pandok.settings import settings

    ensure_demo_accounts(datetime.now(UTC))
    way = open_way(DEMO_PREFIX, site=SITE, reason="the shipped reader, by training/prove_reader.py")
    key = site_signing_key(home)
    target.mkdir(parents=True, exist_ok=True)
    for name in packs:
        folder = home / name
        shipped_pack(name).build(folder, settings().shared / "data")
        pack = read_pack(folder)
        registration = way.bring_in(pack, project=name, legal_basis="open data; see the pack's licence and source")
        run = way.verdict_of(way.hand_in(registration, reader_archive(pack, home)))
        comparison = ComparisonRecord.objects.filter(run=run).first()
        print(name, run.state, comparison and comparison.verdict)
        for sentence in comparison.comparison.said if comparison else ():
            print("  ", sentence.en)
        proof = way.prove(run, key, valid_days=settings().lab_proof_days)
        (target / f"{name}.zip").write_bytes(way.blobs.get(proof.pack_sha256))
    (target / "site-key.txt").write_text(key_file(key.public, site=SITE), encoding="utf-8")


if __name__ == "__main__":
    main()
