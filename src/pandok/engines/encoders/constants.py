"""What an exported encoder needs beside its weights: descriptions of strangers, to tell a resemblance from a habit.

The visual words and the gradient shape stay those of the shipped reader; the strangers are described again by the
encoder itself, since their cosines differ from one encoder to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandok.core.model_card import ModelFile
from pandok.engines.encoders.model_store import StoredModel, sha256_of, write_card
from pandok.engines.encoders.onnx_encoder import OnnxEncoder
from pandok.engines.encoders.reader_files import CONSTANTS
from pandok.readers.designs.description import Describer
from pandok.readers.designs.looks import looks
from pandok.readers.designs.vocabulary import Vocabulary

BASIS = (
    "words", "word_mean", "word_projection", "shape_mean", "shape_projection", "lines_projection", "lines_offset",
)  # fmt: skip


def add_constants(
    encoder: StoredModel, shipped: StoredModel, strangers: Sequence[NDArray[np.uint8]], *, threads: int
) -> StoredModel:
    """Write constants.npz beside the encoder's card and name it there; returns the model as it stands then.

    `strangers`: a hundred or more pictures (H, W, 3) uint8 RGB of things in no register. Raises ModelError.
    """
    session = OnnxEncoder(encoder.card, encoder.verified(), threads)
    with np.load(shipped.verified(CONSTANTS)) as stored:
        basis: dict[str, Any] = {name: stored[name] for name in BASIS}
    vocabulary = Vocabulary(basis["words"], basis["word_mean"], basis["word_projection"])
    lines = (basis["lines_projection"], basis["lines_offset"])
    describer = Describer(session, vocabulary, basis["shape_mean"], basis["shape_projection"], lines)
    described = describer.describe([looks(picture, "view")[0] for picture in strangers])
    vectors = np.stack([one.vector for one in described])
    parts: dict[str, Any] = {
        f"strangers_{name}": vectors[:, where].astype(np.float16) for name, where in describer.slices().items()
    }
    path = encoder.folder / CONSTANTS
    np.savez_compressed(path, **basis, **parts)
    added = ModelFile(name=CONSTANTS, sha256=sha256_of(path), bytes=path.stat().st_size)
    files = tuple(file for file in encoder.card.files if file.name != CONSTANTS)
    card = encoder.card.model_copy(update={"files": (*files, added)})
    write_card(encoder.folder, card)
    return StoredModel(card, encoder.folder)
