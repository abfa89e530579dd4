"""The lab's part of the demonstration: a sealed problem, an honest model, a hostile one, a verdict and its proof."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pandok.cli.terminal import console, language, progress, say
from pandok.core.text import Text

if TYPE_CHECKING:
    from pandok.demo.lab_demonstration import WholeWay
    from pandok.fields.lab.acts.packs.pack import Pack
    from pandok.fields.lab.models import Run, Submission

FOLDER = "demonstration-lab"
PACK_ID = "demo-articles"
HONEST, HOSTILE, PROOF, KEY = "reader.zip", "hostile.zip", "proof.zip", "site-key.txt"
_BASIS = "Pandok이 그린 그림. 개인정보 없음 / Drawn by Pandok itself; no personal data"
_PROJECT = "시연 과제 / Demonstration project"


def prepare_lab(home: Path) -> None:
    """Carry the shipped encoder all the way to a signed proof, and have a hostile model refused. The demonstration
    accounts exist. A second call finds everything done."""
    from pandok.common.people.accounts import DEMO_PREFIX
    from pandok.demo.lab_people import open_way
    from pandok.fields.lab.acts.packs.pack_reader import read_pack
    from pandok.settings import settings

    folder = home / FOLDER
    if not (folder / "pack").exists():
        _draw(folder)
    pack = read_pack(folder / "pack")
    way = open_way(DEMO_PREFIX, site=settings().site_name, reason="시연 / demonstration")
    registration = way.bring_in(pack, project=_PROJECT, legal_basis=_BASIS)
    _write_archives(folder, pack, home)
    hostile = way.hand_in(registration, (folder / HOSTILE).read_bytes())
    honest = way.hand_in(registration, (folder / HONEST).read_bytes())
    _print_submission(hostile, HOSTILE)
    _print_submission(honest, HONEST)
    run = way.verdict_of(honest)
    _print_verdict(run)
    _write_proof(way, run, folder, home)


def _draw(folder: Path) -> None:
    from tempfile import TemporaryDirectory

    from pandok.demo.articles.lab_pictures import write_lab_pictures
    from pandok.demo.packs.table import shipped_pack

    unfinished = folder / "pack.part"
    shutil.rmtree(unfinished, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="pandok-articles-") as name:
        with progress(Text(ko="물건 그리기", en="Drawing articles")) as moved:
            write_lab_pictures(Path(name), progress=moved)
        shipped_pack(PACK_ID).build(unfinished, Path(name))
    unfinished.rename(folder / "pack")


def _write_archives(folder: Path, pack: Pack, home: Path) -> None:
    """What a company would hand in: try them yourself on the submitter's page."""
    from pandok.fields.lab.cli.reader_submission import hostile_archive, reader_archive

    if not (folder / HONEST).exists():
        _write(folder / HONEST, reader_archive(pack, home))
    if not (folder / HOSTILE).exists():
        _write(folder / HOSTILE, hostile_archive((folder / HONEST).read_bytes()))


def _write(path: Path, data: bytes) -> None:
    unfinished = path.with_name(path.name + ".part")
    unfinished.write_bytes(data)
    unfinished.rename(path)


def _print_submission(submission: Submission, name: str) -> None:
    from pandok.fields.lab.acts.explained import explained

    if submission.accepted:
        console().print(f"✓ {name}: " + say(Text(ko="접수", en="received")), style="green")
        return
    console().print(f"✗ {name}: " + say(Text(ko="거절", en="refused")), style="yellow")
    for one in submission.refusals[:3]:
        reason = explained(one)
        console().print("  " + say(reason.what) + " " + say(reason.next_step))


def _print_verdict(run: Run) -> None:
    from pandok.fields.lab.models import ComparisonRecord

    console().print(say(run.stands.words))
    found = ComparisonRecord.objects.filter(run=run).first()
    if found is not None:
        for sentence in found.comparison.said:
            console().print("  " + sentence.in_language(language()))


def _write_proof(way: WholeWay, run: Run, folder: Path, home: Path) -> None:
    from pandok.engines.proof_pack.keys import key_file
    from pandok.engines.proof_pack.site_key import site_signing_key
    from pandok.fields.lab.states.run_states import RunState
    from pandok.settings import settings

    if run.stands is not RunState.RELEASED:
        return
    key = site_signing_key(home)
    proof = way.prove(run, key, valid_days=settings().lab_proof_days)
    _write(folder / PROOF, way.blobs.get(proof.pack_sha256))
    _write(folder / KEY, key_file(key.public, site=settings().site_name).encode())
    console().print(f"pandok proof verify {folder / PROOF} --key {folder / KEY}", style="bold")
