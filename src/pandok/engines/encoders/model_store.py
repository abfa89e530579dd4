"""Model cards on disk: listed without loading, loaded only when every byte agrees with the card.

Promise: `cards` reads cards only; `verified` returns the path of a file whose sha256 was just compared, once for
each process and file state (a changed size or time is compared again); nothing is written or downloaded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from pandok.core.errors import ModelError
from pandok.core.model_card import ModelCard
from pandok.core.text import Text

CARD_FILE = "card.json"
SHIPPED = Path(__file__).resolve().parents[2] / "models"
_CHECK_CARD = Text(ko="카드를 고치거나 모델을 다시 설치하십시오.", en="Correct the card or install the model again.")


@dataclass(frozen=True)
class StoredModel:
    """A card and the folder in which its files lie."""

    card: ModelCard
    folder: Path
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)

    def verified(self, name: str = "") -> Path:
        """The path of the listed file `name` (default: the first), its sha256 compared.

        Raises ModelError where the card does not list it, it is absent, or it differs from the card.
        """
        listed = self.card.file(name) if name else self.card.files[0]
        if listed is None:
            raise ModelError(
                Text(
                    ko=f"모델 카드 {self.card.name}에 {name} 파일이 없습니다.",
                    en=f"The card {self.card.name} does not list {name}.",
                ),
                _CHECK_CARD,
                code="model.unlisted_file",
                model=self.card.name,
                file=name,
            )
        path = self.folder / listed.name
        try:
            status = path.stat()
            state = (status.st_size, status.st_mtime_ns)
            if self._seen.get(listed.name) == state:
                return path
            found = sha256_of(path)
        except OSError as error:
            raise ModelError(
                Text(
                    ko=f"모델 {self.card.name}의 파일 {listed.name}을(를) 읽을 수 없습니다.",
                    en=f"The file {listed.name} of model {self.card.name} cannot be read.",
                ),
                Text(ko="모델을 다시 설치하십시오.", en="Install the model again."),
                code="model.file_missing",
                model=self.card.name,
                file=listed.name,
            ) from error
        if found != listed.sha256:
            raise ModelError(
                Text(
                    ko=f"{listed.name}이(가) 카드와 다릅니다. 기대한 sha256 {listed.sha256}, 실제 {found}.",
                    en=f"{listed.name} does not match its card. Expected sha256 {listed.sha256}, got {found}.",
                ),
                Text(ko="모델을 다시 설치하거나 새 카드를 발급하십시오.", en="Install it again, or issue a new card."),
                code="model.sha256",
                model=self.card.name,
                file=listed.name,
                expected=listed.sha256,
                got=found,
            )
        self._seen[listed.name] = state
        return path


class ModelStore:
    """Cards under several folders (`<folder>/<model>/card.json`); of equal names the later folder wins."""

    def __init__(self, *folders: Path):
        self.folders = folders

    def cards(self) -> list[StoredModel | ModelError]:
        """Every model in order of name; a card that cannot be read stands in the list as the reason why."""
        readable: dict[str, StoredModel] = {}
        unreadable: list[ModelError] = []
        for path in self._card_paths():
            try:
                stored = load_card(path)
            except ModelError as error:
                unreadable.append(error)
            else:
                readable[stored.card.name] = stored
        return [*sorted(readable.values(), key=lambda stored: stored.card.name), *unreadable]

    def get(self, name: str) -> StoredModel:
        """The model called `name`, or the one whose `card.json` is at the path `name`. Raises ModelError."""
        if name.endswith(".json"):
            return load_card(Path(name))
        models = [stored for stored in self.cards() if isinstance(stored, StoredModel)]
        for stored in models:
            if stored.card.name == name:
                return stored
        known = ", ".join(stored.card.name for stored in models) or "-"
        raise ModelError(
            Text(ko=f"{name}이라는 모델이 없습니다. 있는 모델: {known}.", en=f"No model {name}. Installed: {known}."),
            Text(
                ko="`pandok models list`로 이름을 확인하거나 card.json의 경로를 지정하십시오.",
                en="Check the name with `pandok models list`, or give the path of a card.json.",
            ),
            code="model.unknown",
            model=name,
        )

    def _card_paths(self) -> Iterator[Path]:
        for folder in self.folders:
            yield from sorted(folder.glob(f"*/{CARD_FILE}"))


def site_models(home: Path) -> ModelStore:
    """The shipped models and those of this site (`<home>/models`), which win."""
    return ModelStore(SHIPPED, home / "models")


def load_card(path: Path) -> StoredModel:
    """Read one card.json. Raises ModelError that names the first wrong field."""
    try:
        card = ModelCard.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        reason = _first_reason(error)
        raise ModelError(
            Text(
                ko=f"모델 카드를 읽을 수 없습니다({path}): {reason}.",
                en=f"The model card cannot be read ({path}): {reason}.",
            ),
            _CHECK_CARD,
            code="model.card",
            path=str(path),
        ) from error
    return StoredModel(card, path.parent)


def write_card(folder: Path, card: ModelCard) -> Path:
    """Write `card` as card.json in `folder`; returns its path."""
    path = folder / CARD_FILE
    path.write_text(json.dumps(card.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def sha256_of(path: Path) -> str:
    """sha256 of a file in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _first_reason(error: OSError | ValueError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    if isinstance(error, OSError):
        return error.strerror or "OSError"
    return str(error)
