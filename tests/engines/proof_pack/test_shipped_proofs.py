"""The shipped reader's own proofs hold, and are about the encoder that is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandok.engines.encoders.reader_files import shipped_model
from pandok.engines.proof_pack.keys import read_keys
from pandok.engines.proof_pack.pack_bytes import read_pack
from pandok.engines.proof_pack.verification import check_pack

MODEL = shipped_model(Path("no-home"))
PROOFS = MODEL.folder / "proofs"


@pytest.mark.parametrize("path", sorted(PROOFS.glob("*.zip")), ids=lambda path: path.stem)
def test_a_shipped_proof_holds_and_names_the_shipped_encoder(path: Path) -> None:
    checked = check_pack(read_pack(path), read_keys((PROOFS / "site-key.txt").read_bytes()))
    assert [check.name for check in checked.checks if not check.held] == []
    assert checked.values.statement.model.sha256 == MODEL.card.files[0].sha256
    assert checked.recomputed is not None


def test_there_are_proofs() -> None:
    assert {path.stem for path in PROOFS.glob("*.zip")} >= {"designs-drawings", "designs-packages"}
