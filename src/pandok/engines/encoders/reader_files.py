"""The shipped design reader from its files: encoder, visual words, strangers and ranking, each checked by its card."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from pandok.core.errors import ModelError
from pandok.core.text import Text
from pandok.engines.encoders.model_store import StoredModel, site_models
from pandok.engines.encoders.onnx_encoder import OnnxEncoder
from pandok.readers.designs.description import LINES, SHAPE, WORDS, Describer
from pandok.readers.designs.in_register import InRegister
from pandok.readers.designs.look_alikes import LookAlikeRule
from pandok.readers.designs.ranking import RankingModel
from pandok.readers.designs.reader import DesignReader
from pandok.readers.designs.vocabulary import Vocabulary

READER = "pandok-design"
CONSTANTS, RANKING = "constants.npz", "ranking.json"


def open_reader(encoder: str, home: Path, threads: int) -> DesignReader:
    """The design reader with the encoder that the setting names.

    Its constants hold the visual words, the gradient shape and the strangers as it describes them. An encoder without
    a ranking of its own (`pandok models export`) borrows the shipped one, and its vector takes the place of the shipped
    ones: its order is usable at once, its probabilities only after `training/fit_ranking.py`. Raises ModelError.
    """
    store = site_models(home)
    shipped = store.get(READER)
    chosen = shipped if encoder == READER else store.get(encoder)
    session = OnnxEncoder(chosen.card, chosen.verified(), threads)
    # A whole reader of its own (a newer version beside the one in use) brings its constants and strangers with it.
    source = chosen if chosen.card.file(CONSTANTS) else shipped
    with np.load(source.verified(CONSTANTS)) as constants:
        vocabulary = Vocabulary(constants["words"], constants["word_mean"], constants["word_projection"])
        lines = None
        if "lines_offset" in constants:
            lines = constants["lines_projection"].astype(np.float32), constants["lines_offset"].astype(np.float32)
        describer = Describer(session, vocabulary, constants["shape_mean"], constants["shape_projection"], lines)
        without_network = [name for name, _ in describer.parts[len(session.parts) :]]
        stored = {name: constants[f"strangers_{name}"].astype(np.float32) for name in without_network}
        own = chosen if chosen.card.file(RANKING) else shipped
        if source is not chosen or not all(f"strangers_{name}" in constants for name, _ in session.parts):
            raise _no_strangers(chosen.card.name)
        for name, _ in session.parts:
            stored[name] = constants[f"strangers_{name}"].astype(np.float32)
    ranking = ranking_model(json.loads(own.verified(RANKING).read_text(encoding="utf-8")))
    if own is shipped and chosen is not shipped:
        ranking = _borrowed(ranking, tuple(name for name, _ in describer.parts))
    strangers = np.concatenate([stored[name] for name, _ in describer.parts], axis=1)
    return DesignReader(chosen.card.title, describer, ranking, strangers)


def vectors_fingerprint(encoder: str, home: Path) -> str:
    """Twelve hexadecimal digits that change with every file that vectors and local features come from: an index made
    with other files must not be read with these. Raises ModelError."""
    store = site_models(home)
    card, shipped = store.get(encoder).card, store.get(READER).card
    files = [*card.files[:1], *(card if card.file(CONSTANTS) else shipped).files]
    used = sorted({file.sha256 for file in files if file.name != RANKING})
    return hashlib.sha256("".join(used).encode()).hexdigest()[:12]


def ranking_model(stored: dict[str, Any]) -> RankingModel:
    """The constants of ranking.json as a model."""

    def array(name: str, of: dict[str, Any] = stored) -> np.ndarray[Any, np.dtype[np.float32]]:
        return np.array(of[name], np.float32)

    def known(name: str) -> InRegister:
        found = stored[name]
        straight, bends, bent = (array(part, found) for part in ("straight", "bends", "bent"))
        return InRegister(straight, np.array(found["bent_of"], np.intp), bends, bent, float(found["bias"]))

    return RankingModel(
        part_names=tuple(stored["part_names"]),
        part_sharpness=tuple(float(value) for value in stored["part_sharpness"]),
        mean=array("mean"),
        scale=array("scale"),
        weights=array("weights"),
        sharpness=float(stored["sharpness"]),
        in_register=known("in_register"),
        photographed=known("photographed"),
        threshold=float(stored["threshold"]),
        index_weights={name: float(value) for name, value in stored["index_weights"].items()},
        look_alikes=LookAlikeRule(**stored["look_alikes"]) if "look_alikes" in stored else None,
    )


def _borrowed(ranking: RankingModel, parts: tuple[str, ...]) -> RankingModel:
    """The shipped ranking for another encoder: its first part stands for every part of the shipped encoder."""
    own = [name for name in parts if name not in (SHAPE, LINES, WORDS)]
    if not own:
        raise ModelError(
            Text(ko="인코더의 출력이 없습니다.", en="The encoder has no output."),
            Text(ko="`pandok models export`로 다시 내보내십시오.", en="Export it again with `pandok models export`."),
            code="model.outputs",
        )
    names = tuple(name if name in parts else own[0] for name in ranking.part_names)
    weights = {name: ranking.index_weights.get(name, 1.0) for name in parts}
    return replace(ranking, part_names=names, index_weights=weights)


def _no_strangers(name: str) -> ModelError:
    return ModelError(
        Text(
            ko=f"모델 {name}에 점수를 맞출 낯선 그림의 값이 없습니다.",
            en=f"The model {name} has no descriptions of strangers to normalise scores with.",
        ),
        Text(
            ko="`pandok models export`로 다시 내보내십시오. 상수 파일도 함께 만들어집니다.",
            en="Export it again with `pandok models export`; its constants are made with it.",
        ),
        code="model.no_strangers",
        model=name,
    )


def shipped_model(home: Path) -> StoredModel:
    """The shipped reader's card and folder."""
    return site_models(home).get(READER)
