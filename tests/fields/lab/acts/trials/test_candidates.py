"""A real candidate: a second design reader of the model store, on the register as it stands."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from pandok.core.canonical import canonical
from pandok.core.errors import ModelError
from pandok.core.lab.answers import Kind, said_in
from pandok.demo.articles.families import groups, make_article
from pandok.demo.articles.photograph import photograph
from pandok.demo.articles.shapes.article import Article
from pandok.demo.articles.sheet import studio_render
from pandok.engines.encoders.model_store import SHIPPED
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.lab.acts.trials.candidates import CaseInput
from pandok.fields.lab.acts.trials.choosing import choices, identity, open_candidate
from pandok.fields.register.models import Design, RegisterChange, View
from pandok.settings import Settings

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """The shipped encoder under another name: a candidate that is installed and not in use."""
    folder = tmp_path / "models" / "second-encoder"
    shutil.copytree(SHIPPED / "pandok-design", folder)
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps(card | {"name": "second-encoder"}))
    return Settings(home=tmp_path, index="exact", threads=1)


def jpeg(pixels: np.ndarray) -> bytes:
    return cv2.imencode(".jpg", pixels[..., ::-1])[1].tobytes()


def add_view(blobs: FolderBlobs, article: Article, design_id: str) -> None:
    """As an import does: the view, and its step in the outbox that the index follows."""
    pixels = studio_render(article, "perspective", size_px=200)
    design = Design.objects.create(design_id=design_id, article="물품", status="in force")
    view = View.objects.create(
        design=design,
        name="perspective",
        sha256=blobs.put(cv2.imencode(".png", pixels[..., ::-1])[1].tobytes()),
        media_type="image/png",
        width=pixels.shape[1],
        height=pixels.shape[0],
        added_at=NOW,
    )
    RegisterChange.objects.create(view=view, kind="added", at=NOW)


def test_the_second_reader_names_the_design_and_follows_the_register(home: Settings) -> None:
    blobs = FolderBlobs(home.home / "blobs")
    articles = [make_article(np.random.default_rng(40 + n), groups()[n * 3].key) for n in range(4)]

    for number in range(3):
        add_view(blobs, articles[number], f"D{number}")
    reader = open_candidate("second-encoder", home)
    reader.prepare()
    assert reader.card_sha256 == identity("second-encoder", home).sha256
    picture, _, _ = photograph(articles[3], np.random.default_rng(1), 300, difficulty=0.1, recolour=0)
    shown = jpeg(picture)
    given = CaseInput((shown,), {"in_force_only": False}, (None,))
    before = reader.answer(given)
    assert "D3" not in [one["design_id"] for one in before["candidates"]]
    add_view(blobs, articles[3], "D3")
    after = reader.answer(given)
    assert after["candidates"][0]["design_id"] == "D3"
    assert said_in(after).kind in (Kind.DESIGN, Kind.NOTHING)
    assert canonical(after) == canonical(reader.answer(given)), "the same goods are answered the same way"


def test_the_reader_in_use_is_no_choice(home: Settings) -> None:
    assert [name for name, _ in choices(home)] == ["second-encoder"]
    with pytest.raises(ModelError):
        identity("absent", home)
