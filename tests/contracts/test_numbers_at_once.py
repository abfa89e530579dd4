"""Two requests at one moment on every record that bears a number, through its use case and on both databases: no number
is given twice, none is left out where that is promised, and nobody waits for ever."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from django.db import connections

from pandok.common.audit import writing as audit
from pandok.common.models import AuditEntry, Party, Site
from pandok.core.errors import PandokError
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.cases.deciding import name_parties
from pandok.fields.counterfeit.acts.cases.opening import open_case
from pandok.fields.counterfeit.models import Case, CaseEvent, Deletion, Notice
from pandok.fields.lab.acts.exports.author_steps import begin_export
from pandok.fields.lab.acts.submissions import partial
from pandok.fields.lab.acts.vault.deleting import plan_by_term, plan_deletion
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.models import (
    ConfirmOpening,
    LadderBoard,
    PartialUpload,
    ProofRecord,
    ShadowCommit,
    VaultDeletion,
    VaultObject,
)
from pandok.fields.xray.acts.beginning import Shares
from pandok.fields.xray.acts.deciding import decide
from pandok.fields.xray.acts.importing import Imported, begin_with
from pandok.fields.xray.acts.keeping import store_scan
from pandok.fields.xray.acts.machines import DEFAULT
from pandok.fields.xray.acts.showing import show_next
from pandok.fields.xray.decisions import Decision
from pandok.fields.xray.declaration import Declaration
from pandok.fields.xray.models import ImageReading, Inspection
from pandok.readers.xray.formats.reading import NamedBytes
from pandok.readers.xray.physics.spectra import shipped
from tests.chosen import Choose
from tests.contracts.stores import app_on, empty_postgresql, in_threads
from tests.fields.counterfeit.acts.retention.test_retention import Store
from tests.fields.counterfeit.notices_fixtures import build_notice_world
from tests.fields.designs.fakes import NOON
from tests.fields.lab.acts.packs.conftest import lab  # noqa: F401
from tests.fields.lab.acts.proofs.conftest import Office, office  # noqa: F401
from tests.fields.lab.acts.scoring.conftest import Scene, scene  # noqa: F401
from tests.fields.lab.acts.shadow.trial_fixtures import build_trials
from tests.fields.lab.acts.vault.conftest import NOW, Clock
from tests.fields.lab.acts.vault.conftest import Lab as VaultLab
from tests.fields.xray.hall import Hall, standard_scan
from tests.own_postgresql import own_server
from tests.roles import Role

ASKED = 6
T = TypeVar("T")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def prepared(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> tuple[str, Path]:
    """A database with its tables, to be copied for each test: its address, and the folder of SQLite's file."""
    home = tmp_path_factory.mktemp("prepared")
    address = empty_postgresql() if request.param == "postgresql" else ""
    with django_db_blocker.unblock(), app_on(address, home), connections["default"].cursor() as cursor:
        if not address:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # all of it in one file
    return address, home


@pytest.fixture
def db(prepared: tuple[str, Path], tmp_path: Path, choose: Choose, django_db_blocker: Any) -> Iterator[None]:
    address, home = prepared
    choose(home=tmp_path)
    if address:
        address = own_server().copied(address, f"at_once_{tmp_path.parent.name}_{tmp_path.name}"[-60:])
    else:
        shutil.copy(home / "pandok.db", tmp_path / "pandok.db")
    with django_db_blocker.unblock(), app_on(address, tmp_path, lambda: None):
        yield
        assert audit.verify() is None


@pytest.fixture
def transactional_db(db: None) -> None:
    """The fixtures of the lab ask for it under this name."""


def at_once(asked: Sequence[Callable[[], T]]) -> list[T | str]:
    """All begin at one moment, each with a connection of its own; a refusal is given back as its code."""
    together = threading.Barrier(len(asked))

    def one(number: int) -> T | str:
        together.wait(timeout=60)
        try:
            return asked[number]()
        except PandokError as refused:
            return refused.error_code

    return in_threads(len(asked), one)


def without_gaps(numbers: Sequence[str]) -> bool:
    """Each once, and one after the other from the first."""
    ends = sorted(int(one.rpartition("-")[2]) for one in numbers)
    return bool(ends) and ends == list(range(ends[0], ends[0] + len(ends)))


@pytest.mark.usefixtures("db")
def test_cases(tmp_path: Path) -> None:
    world = build_notice_world(tmp_path).world
    readings = [world.reading() for _ in range(ASKED)] * 2
    opened = at_once([lambda one=one: open_case(reading=one, actor=world.officer, now=NOON) for one in readings])
    assert [one.pk for one in opened[:ASKED]] == [one.pk for one in opened[ASKED:]], "one signal has one case"
    assert without_gaps(Case.objects.values_list("number", flat=True))
    assert Case.objects.count() == ASKED


@pytest.mark.usefixtures("db")
def test_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number of a notice that then does not come about stays unused."""
    monkeypatch.setattr("pandok.fields.counterfeit.acts.notices.pdf.notice_pdf", lambda *_: b"%PDF-1.4")
    desk = build_notice_world(tmp_path)
    cases = [desk.chosen() for _ in range(ASKED)]
    issued = at_once([lambda one=one: desk.issue(one, importer=desk.world.importer) for one in (*cases, *cases)])
    assert all(isinstance(one, list) for one in issued), issued
    numbers = Counter(Notice.objects.values_list("document_number", flat=True))
    assert len(numbers) == sum(numbers.values()) == 2 * ASKED
    assert all(one.startswith("ICN-2026-") for one in numbers)


@pytest.mark.usefixtures("db")
def test_events_of_one_case(tmp_path: Path) -> None:
    desk = build_notice_world(tmp_path)
    case = desk.chosen()
    importers = [Party.objects.create(kind=Party.IMPORTER, name=f"상사 {one}", added_at=NOON) for one in range(ASKED)]
    officer = desk.world.officer
    at_once([lambda one=one: name_parties(case=case, actor=officer, now=NOON, importer=one) for one in importers])
    places = CaseEvent.objects.filter(case=case).order_by("sequence")
    assert list(places.values_list("sequence", flat=True)) == list(range(1, places.count() + 1))
    assert places.filter(kind="parties_named").count() == ASKED


@pytest.mark.usefixtures("db")
def test_deletions_of_photographs(tmp_path: Path) -> None:
    store = Store(build_notice_world(tmp_path).world, tmp_path / "files")
    for _ in range(2):
        store.closed()
    proposed = at_once([store.propose] * ASKED)
    assert set(map(type, proposed)) <= {Deletion, str}
    assert {one for one in proposed if isinstance(one, str)} <= {"request.nothing_due"}
    assert without_gaps(Deletion.objects.values_list("number", flat=True))


@pytest.mark.usefixtures("db")
def test_exports(tmp_path: Path) -> None:
    author = VaultLab(site_vault(tmp_path), Clock(), tmp_path).person(Role.EVALUATOR)
    words = {"title": "figures", "purpose": "To publish the figures", "legal_basis": "agreement 2026-11"}
    begun = at_once([lambda: begin_export(actor=author, now=NOW, **words)] * ASKED)
    assert without_gaps([one.number for one in begun])
    assert len(begun) == ASKED


@pytest.mark.usefixtures("db")
def test_deletions_of_deposits_on_request_and_by_term(tmp_path: Path) -> None:
    """A plan by the term gives up an open one: it writes an event before, where the others write theirs afterwards."""
    clock = Clock()
    room = VaultLab(site_vault(tmp_path, clock=clock), clock, tmp_path)
    asked = {"actor": room.steward, "reason": "asked for by the owner"}
    over, others = ([room.deposit(name=f"{what} {one}") for one in range(ASKED)] for what in ("over", "other"))
    for one in (*over, *others):
        room.vault.put(one, "one.bin", b"sealed", "raw")
    for one in over:
        plan_deletion(deposit=one, now=clock(), **asked)
    later = max(one.destroy_at for one in over) + timedelta(days=1)
    done = at_once(
        [
            *(lambda one=one: plan_by_term(deposit=one, now=later) for one in over),
            *(lambda one=one: plan_deletion(deposit=one, now=later, **asked) for one in others),
        ]
    )
    assert all(isinstance(one, VaultDeletion) for one in done), done
    of_then = VaultDeletion.objects.filter(pk__in=[one.pk for one in done]).values_list("number", flat=True)
    assert without_gaps(of_then)
    assert len(of_then) == 2 * ASKED


@pytest.mark.usefixtures("db")
def test_versions_of_one_sealed_file(tmp_path: Path) -> None:
    clock = Clock()
    room = VaultLab(site_vault(tmp_path, clock=clock), clock, tmp_path)
    deposit = room.deposit()
    at_once([lambda one=one: room.vault.put(deposit, "one.bin", b"%d" % one, "raw") for one in range(ASKED)])
    versions = VaultObject.objects.filter(deposit=deposit, name="one.bin").values_list("version", flat=True)
    assert sorted(versions) == list(range(1, ASKED + 1))


@pytest.mark.usefixtures("db")
def test_commits_of_a_trial(tmp_path: Path) -> None:
    trials = build_trials(tmp_path)
    records = [trials.read() for _ in range(ASKED)]
    at_once([lambda one=one: trials.commit(one) for one in (*records, *records)])
    places = ShadowCommit.objects.order_by("sequence").values_list("sequence", "audit_sequence")
    assert [one for one, _ in places] == list(range(1, ASKED + 1)), "one commit a case, and none left out"
    assert sorted(one for _, one in places) == [one for _, one in places], "in the order of the chain"


def test_places_on_a_ladder_and_openings(scene: Scene) -> None:  # noqa: F811
    """Openings are as many as the budget allows, however many are scored at one moment."""
    feedback = [scene.run("feedback") for _ in range(ASKED)]
    confirm = [scene.run("confirm", submitter="another") for _ in range(3)]
    at_once([lambda one=one: scene.score(one) for one in (*feedback, *confirm)])
    assert sorted(LadderBoard.objects.values_list("number", flat=True)) == list(range(1, ASKED + 1))
    allowed = scene.registration.registration.problem.budget.confirmations
    assert sorted(ConfirmOpening.objects.values_list("number", flat=True)) == list(range(1, min(3, allowed) + 1))


def test_proofs(office: Office) -> None:  # noqa: F811
    """One a run, whoever asks first."""
    runs = [office.released(submitter=name) for name in ("company", "another")]
    made = at_once([lambda one=one: office.made(one) for one in runs * 3])
    assert Counter(one if isinstance(one, str) else "" for one in made) == {"": 2, "proof.made": 4}
    assert without_gaps(ProofRecord.objects.values_list("number", flat=True))
    assert AuditEntry.objects.filter(action="proof.made").count() == 2


def test_uploads_that_begin_at_once_stay_within_their_bound(scene: Scene) -> None:  # noqa: F811
    company = scene.person(Role.SUBMITTER, "company")
    begun = at_once(
        [
            lambda: partial.begin(size=10, sha256="0" * 64, actor=company, now=NOW)
            for _ in range(2 * partial.MOST_AT_ONCE)
        ]
    )
    assert PartialUpload.objects.count() == partial.MOST_AT_ONCE
    assert begun.count("lab.upload_many") == partial.MOST_AT_ONCE


@pytest.mark.usefixtures("db")
def test_inspections(tmp_path: Path) -> None:
    """The same files at one moment begin one inspection; the rest are numbered without gaps."""
    hall = Hall(FolderBlobs(tmp_path / "blobs"), Site.objects.create(code="ICN", name_ko="인천", name_en="Incheon"))
    stored = [
        store_scan(standard_scan(), [NamedBytes("one.dcs", b"%d" % one)], hall.blobs, shipped(DEFAULT))
        for one in (*range(ASKED), 0, 0)
    ]
    words: dict[str, Any] = {"declaration": Declaration(), "site": hall.site, "actor": None, "now": NOW}
    words |= {"shares": Shares(0, 0), "chance": lambda: 0.5}
    begun = at_once([lambda one=one: begin_with(one, **words) for one in stored])
    assert [isinstance(one, Imported) for one in begun] == [True] * len(stored), begun
    assert sum(one.again for one in begun) == 2
    assert Inspection.objects.count() == ASKED
    assert without_gaps(Inspection.objects.values_list("number", flat=True))


@pytest.mark.usefixtures("db")
def test_readers_at_one_moment_are_given_different_scans_and_decide_once(tmp_path: Path) -> None:
    hall = Hall(FolderBlobs(tmp_path / "blobs"), Site.objects.create(code="ICN", name_ko="인천", name_en="Incheon"))
    for _ in range(3):
        hall.inspection()
    readers = [hall.person(Role.SCAN_READER, f"reader {one}") for one in range(3)]
    shown = at_once([lambda one=one: show_next(reader=one, now=hall.now) for one in readers])
    assert all(isinstance(one, Inspection) for one in shown), shown
    assert len({one.pk for one in shown}) == 3
    asked: dict[str, Any] = {"decision": Decision.CLEAR, "marks": [], "remark": "", "functions": [], "now": hall.now}
    twice = at_once([lambda: decide(inspection_id=shown[0].pk, reader=readers[0], **asked)] * 4)
    assert Counter(one if isinstance(one, str) else "" for one in twice) == {"": 1, "xray.decided": 3}
    assert ImageReading.objects.count() == 1
