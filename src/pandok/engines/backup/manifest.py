"""What one backup holds: every file with its hash, the database, and where the audit chain stood."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

FORMAT: Final = 1


def _inside(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not parts or PurePosixPath(path).is_absolute() or ".." in parts or "\x00" in path:
        raise ValueError("a path that leads out of the home folder")
    return path


Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class BackedUp(BaseModel):
    """One file: where it stands in the home folder, and its content in the pool."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Annotated[str, AfterValidator(_inside)]
    sha256: Sha256
    bytes: int = Field(ge=0)
    mode: int = Field(ge=0, le=0o777)


class Manifest(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = FORMAT
    id: str = Field(pattern=r"^[0-9]{8}T[0-9]{6}Z(-[0-9]{1,3})?$")
    made_at: datetime
    version: str
    site: str
    store: Literal["sqlite", "postgresql"]
    database: BackedUp
    """SQLite: a database file. PostgreSQL: an archive of pg_dump."""
    audit_sequence: int = Field(ge=0)
    audit_hash: str
    keys: Literal["left_out", "sealed"]
    keys_outside: tuple[str, ...] = ()
    """Names of key files that the settings keep outside the home folder; they are in no backup."""
    files: tuple[BackedUp, ...]
