"""A sealed case is known again: under another problem, version, margin, name of its file, or saved again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pandok.core.errors import RequestError
from pandok.core.lab.problem import Part
from pandok.engines.near_copies.case_prints import alike, case_print
from pandok.fields.lab.acts.budget.earlier_openings import opened_before
from pandok.fields.lab.acts.packs.case_identity import know_old_packs
from pandok.fields.lab.models import KnownCase, LockedRegistration, ProblemPack, Run, Submission
from pandok.fields.lab.states.run_states import RunState
from tests.fields.lab.acts.packs.conftest import NOON, Lab
from tests.fields.lab.acts.packs.folders import replace, table_folder
from tests.roles import Role

KEY = b"k" * 32


@pytest.fixture
def transactional_db(db: None) -> None:
    """One transaction around each test is enough here, and faster."""


def opened(lab: Lab, registration: LockedRegistration, part: Part = Part.CONFIRM, **changes: object) -> Run:
    """A run that went past the seal."""
    by = lab.account(Role.SUBMITTER, "company")
    submission = Submission.objects.create(
        pack=registration.pack,
        submitter=f"account:{by.pk}",
        submitter_name="company",
        by=by,
        received_at=NOON,
        upload_key="00000000-0000-0000-0000-000000000001",
        upload_sha256="0" * 64,
        upload_bytes=1,
    )
    values = {"state": RunState.AWAITING_RELEASE.value, "checked_at": NOON, "part": part.value} | changes
    return Run.objects.create(
        submission=submission,
        registration=registration,
        submitter=submission.submitter,
        state_since=NOON,
        queued_at=NOON,
        **values,
    )


def again(lab: Lab, name: str, change: Callable[[Path], None], *, each: int = 12) -> ProblemPack:
    """The same data as another version, changed."""
    folder = table_folder(lab.home / name, each=each)
    replace(folder, "problem.toml", 'id = "small-table"', 'id = "small-table"\nversion = 2')
    change(folder)
    return lab.bring_in(folder)


def one_public_cell(folder: Path) -> None:
    """What made version 0.1 lock the same confirm cases again."""
    replace(folder, "cases.csv", "t000,public,query,,c0,A,0.5", "t000,public,query,,c0,A,0.25")


def softer_margin(folder: Path) -> None:
    one_public_cell(folder)
    replace(folder, "problem.toml", 'aim = "superiority"', 'aim = "non_inferiority"\nmargin = 0.3')


def another_problem(folder: Path) -> None:
    one_public_cell(folder)
    replace(folder, "problem.toml", 'id = "small-table"', 'id = "another-question"')


def other_case_ids(folder: Path) -> None:
    for name in ("cases.csv", "truth.csv", "practice.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("\nt0", "\nx0"), encoding="utf-8")


def other_forms_of_numbers(folder: Path) -> None:
    rows = list(csv.reader(io.StringIO((folder / "cases.csv").read_text(encoding="utf-8"))))
    place = rows[0].index("mass")
    for row in rows[1:]:
        row[place] = f" {row[place]}00 " if row[place] else row[place]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    (folder / "cases.csv").write_text(text.getvalue(), encoding="utf-8")


def another_part(folder: Path) -> None:
    """The confirm cases of before become feedback cases, and the other way round."""
    text = (folder / "cases.csv").read_text(encoding="utf-8")
    text = text.replace(",feedback,", ",swap,").replace(",confirm,", ",feedback,").replace(",swap,", ",confirm,")
    (folder / "cases.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [one_public_cell, softer_margin, another_problem, other_case_ids, other_forms_of_numbers],
    ids=lambda one: one.__name__,
)
def test_opened_confirm_cases_are_known_again_and_confirm_nothing(
    lab: Lab, table_pack: ProblemPack, change: Callable[[Path], None]
) -> None:
    opened(lab, lab.lock(table_pack))
    pack = again(lab, "again", change)
    found = opened_before(pack)
    assert (found.opened, found.of) == (12, 12)
    with pytest.raises(RequestError) as refusal:
        lab.lock(pack)
    assert refusal.value.error_code == "registration.opened"
    assert refusal.value.fields["opened"] == 12
    assert pack.locked is None


def test_cases_whose_answers_came_back_as_feedback_confirm_nothing_either(lab: Lab, table_pack: ProblemPack) -> None:
    opened(lab, lab.lock(table_pack), Part.FEEDBACK)
    pack = again(lab, "again", another_part)
    assert opened_before(pack).opened == 12


@pytest.mark.usefixtures("table_pack")
def test_cases_that_were_handed_out_confirm_nothing_either(lab: Lab) -> None:
    def handed_out_before(folder: Path) -> None:
        text = (folder / "cases.csv").read_text(encoding="utf-8")
        text = text.replace(",public,", ",swap,").replace(",confirm,", ",public,").replace(",swap,", ",confirm,")
        (folder / "cases.csv").write_text(text, encoding="utf-8")

    assert opened_before(again(lab, "again", handed_out_before)).opened == 12


def test_what_nobody_opened_is_fresh_under_any_name(lab: Lab, table_pack: ProblemPack) -> None:
    lab.lock(table_pack)
    pack = again(lab, "again", softer_margin)
    assert opened_before(pack).opened == 0
    assert lab.lock(pack).registration.opened_before == opened_before(pack)


def test_enough_fresh_cases_are_locked_and_the_registration_says_how_many_were_not(
    lab: Lab, table_pack: ProblemPack
) -> None:
    """Twelve opened ones among 24, ten planned: locked, said in the registration, its hash and the audit chain."""
    opened(lab, lab.lock(table_pack))
    pack = again(lab, "again", lambda _: None, each=24)
    locked = lab.lock(pack)
    before = locked.registration.opened_before
    assert before is not None
    assert (before.opened, before.of, before.fresh) == (12, 24, 12)
    silent = locked.registration.model_copy(update={"opened_before": before.model_copy(update={"opened": 0})})
    assert silent.sha256 != locked.sha256 == locked.registration.sha256


def test_packs_of_before_are_taken_up_by_the_vaults_records(lab: Lab, table_pack: ProblemPack) -> None:
    opened(lab, lab.lock(table_pack))
    KnownCase.objects.filter(pack=table_pack)._raw_delete("default")
    assert know_old_packs(lab.vault, lab.blobs) == 1
    assert know_old_packs(lab.vault, lab.blobs) == 0
    assert KnownCase.objects.filter(pack=table_pack, part="confirm").count() == 12
    assert opened_before(again(lab, "again", one_public_cell)).opened == 12


def picture(seed: int, side: int = 320) -> Image.Image:
    """A shape on white, with light and noise, as goods are photographed."""
    random = np.random.default_rng(seed)
    canvas = np.full((side, side, 3), 250.0)
    for _ in range(7):
        x, y, radius = (int(random.integers(low, high)) for low, high in ((60, side - 60), (60, side - 60), (20, 70)))
        rows, columns = np.ogrid[:side, :side]
        inside = (rows - y) ** 2 + (columns - x) ** 2 < radius**2
        canvas[inside] = random.integers(10, 230, 3)
    canvas += random.normal(0, 2, canvas.shape)
    return Image.fromarray(np.clip(canvas, 0, 255).astype(np.uint8))


def saved(image: Image.Image, form: str, **how: object) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **how)
    return target.getvalue()


@pytest.mark.parametrize(
    ("form", "how"),
    [("JPEG", {"quality": 90}), ("JPEG", {"quality": 60}), ("WEBP", {"quality": 70}), ("PNG", {}), ("BMP", {})],
)
def test_a_picture_saved_anew_is_the_same_case(form: str, how: dict[str, object]) -> None:
    first = case_print(saved(picture(1), "PNG"), KEY)
    second = case_print(saved(picture(1), form, **how), KEY)
    lossless = form in ("PNG", "BMP")
    assert (second.content == first.content) == lossless
    assert list(alike(second.sketch, first.sketch[None])) == [0]
    smaller = case_print(saved(picture(1).resize((200, 200)), form, **how), KEY)
    assert list(alike(smaller.sketch, first.sketch[None])) == [0]


def test_other_pictures_are_other_cases() -> None:
    many = np.stack([case_print(saved(picture(seed), "PNG"), KEY).sketch for seed in range(2, 60)])
    for seed in range(60, 80):
        assert not alike(case_print(saved(picture(seed), "JPEG"), KEY).sketch, many).size
    blank = case_print(saved(Image.new("RGB", (50, 50), "white"), "PNG"), KEY).sketch
    assert not alike(blank, np.stack([blank])).size


def test_without_the_key_the_prints_are_others() -> None:
    data = saved(picture(1), "PNG")
    one, other = case_print(data, KEY), case_print(data, b"o" * 32)
    assert one.content != other.content
    assert not alike(one.sketch, other.sketch[None]).size
