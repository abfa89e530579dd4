"""An accepted submission as the candidate: fed by its sheet, in a sandbox, on the register as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pandok.core.errors import RequestError
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.lab.acts.trials.candidates import CaseInput
from pandok.fields.lab.acts.trials.choosing import choices, identity
from pandok.fields.lab.acts.trials.submitted import PREFIX, SubmittedReader, submission_of
from pandok.fields.lab.models import Submission
from pandok.fields.register.models import Design, RegisterChange, View
from pandok.settings import Settings
from tests.fields.designs.fakes import encoded
from tests.fields.lab.acts.runs.fakes import make_registration, make_submission, sheet_values

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db
STEPS = [
    {"step": "resize", "width_px": 4, "height_px": 4},
    {"step": "colours", "order": "RGB"},
    {"step": "scale", "factor": 0.00392156862745098},
    {"step": "layout", "order": "NCHW"},
]
EVERYTHING = {"in_force_only": False}


class Flattening:
    """What an honest embedding model does here: the pixels are the vector."""

    def run(self, inputs: Any) -> dict[str, np.ndarray]:
        return {"y": np.asarray(inputs["x"], np.float32).reshape(1, -1)}


@contextmanager
def load(model: bytes) -> Iterator[Flattening]:
    assert model == b"onnx"
    yield Flattening()


def picture(colour: tuple[int, int, int], split: int = 32) -> bytes:
    image = Image.new("RGB", (64, 64), "white")
    image.paste(colour, (0, 0, 64, split))
    return encoded(image, "PNG")


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "blobs")


def submission(blobs: FolderBlobs, **sheet: Any) -> Submission:
    registration = make_registration(
        id="pictures",
        input={"kind": "image"},
        output={"task": "embedding"},
        endpoints=[{"metric": "recall_at_1", "aim": "superiority"}],
    )
    return make_submission(
        registration,
        model_sha256=blobs.put(b"onnx"),
        sample_outputs={},
        sheet_values=sheet_values(problem="pictures", preprocess=STEPS, **sheet),
    )


def add_view(blobs: FolderBlobs, design_id: str, colour: tuple[int, int, int], locarno: str = "09-01") -> View:
    design = Design.objects.create(design_id=design_id, article="병", status="in force", locarno_class=locarno)
    view = View.objects.create(
        design=design,
        name="front",
        sha256=blobs.put(picture(colour)),
        media_type="image/png",
        width=64,
        height=64,
        added_at=NOW,
    )
    RegisterChange.objects.create(view=view, kind="added", at=NOW)
    return view


def test_it_names_the_nearest_design_and_follows_the_register(blobs: FolderBlobs, tmp_path: Path) -> None:
    add_view(blobs, "red", (200, 0, 0))
    add_view(blobs, "blue", (0, 0, 200), "09-02")
    reader = SubmittedReader(submission(blobs), tmp_path, load)
    reader.prepare()
    given = CaseInput((picture((60, 180, 0), 40), picture((60, 190, 10))), EVERYTHING)
    assert [one["design_id"] for one in reader.answer(given)["candidates"]] == ["red", "blue"]
    view = add_view(blobs, "green", (0, 200, 0))
    found = reader.answer(given)
    assert (found["outcome"], found["candidates"][0]["design_id"], found["searched_views"]) == (
        "candidates",
        "green",
        3,
    )
    View.objects.filter(pk=view.pk).update(withdrawn_at=NOW)
    RegisterChange.objects.create(view=view, kind="withdrawn", at=NOW)
    again = SubmittedReader(Submission.objects.get(), tmp_path, load)
    assert [one["design_id"] for one in again.answer(given)["candidates"]] == ["red", "blue"]
    of_class = again.answer(CaseInput(given.photographs, {**EVERYTHING, "locarno_class": "09-02"}))
    assert [one["design_id"] for one in of_class["candidates"]] == ["blue"]


def test_below_its_own_threshold_nothing_is_close(blobs: FolderBlobs, tmp_path: Path) -> None:
    add_view(blobs, "red", (200, 0, 0))
    reader = SubmittedReader(submission(blobs, threshold=0.999), tmp_path, load)
    assert reader.answer(CaseInput((picture((0, 0, 200)),), EVERYTHING))["outcome"] == "nothing_close"


def test_an_empty_register_has_nothing_close(blobs: FolderBlobs, tmp_path: Path) -> None:
    reader = SubmittedReader(submission(blobs), tmp_path, load)
    found = reader.answer(CaseInput((picture((0, 0, 200)),), EVERYTHING))
    assert (found["outcome"], found["candidates"]) == ("nothing_close", [])


def test_only_accepted_embeddings_of_pictures_can_be_tried(blobs: FolderBlobs, tmp_path: Path) -> None:
    chosen, good = Settings(home=tmp_path), submission(blobs)
    name = f"{PREFIX}{good.id}"
    assert name in [one for one, _ in choices(chosen)]
    assert identity(name, chosen).title == "sum 1"
    refused = make_submission(good.pack.locked, refusals=[{"code": "x", "where": ""}])
    tables = make_submission(make_registration())
    offered = [one for one, _ in choices(chosen)]
    for one in (refused, tables):
        assert f"{PREFIX}{one.id}" not in offered
        with pytest.raises(RequestError):
            submission_of(f"{PREFIX}{one.id}")
    with pytest.raises(RequestError):
        identity(f"{PREFIX}nonsense", chosen)


def test_another_sheet_is_another_candidate(blobs: FolderBlobs, tmp_path: Path) -> None:
    good = submission(blobs)
    before = identity(f"{PREFIX}{good.id}", Settings(home=tmp_path)).sha256
    changed = make_submission(
        good.pack.locked, sheet_values=good.sheet_values | {"threshold": 0.4}, model_sha256=good.model_sha256
    )
    assert identity(f"{PREFIX}{changed.id}", Settings(home=tmp_path)).sha256 != before
