"""Every setting, declared once with its sentence. `pandok settings` prints value and origin."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read once at start from `PANDOK_…` environment variables or a `pandok.env` file; frozen afterwards."""

    model_config = SettingsConfigDict(env_prefix="PANDOK_", env_file="pandok.env", extra="ignore", frozen=True)

    home: Path = Field(
        default=Path("pandok-home"), description="Folder that holds database, files and index of this site."
    )
    store: str = Field(
        default="", description="Database address. Empty: SQLite in the home folder. postgresql://user@host/name moves."
    )
    index: str = Field(
        default="faiss", description="Vector index: faiss, exact, or the address of a Milvus server (or .db file)."
    )
    encoder: str = Field(default="pandok-design", description="Model card name of the encoder, or path of a card.json.")
    threads: int = Field(default=2, ge=1, le=256, description="Processor threads for encoding and search.")
    language: str = Field(default="ko", pattern="^(ko|en)$", description="Language where the reader has not chosen.")
    shared: Path = Field(default=Path("../shared"), description="Folder with test data; tests skip without it.")
    secret_key: str = Field(
        default="", description="Secret for sessions and forms. Empty: one is made and kept in the home folder."
    )
    debug: bool = Field(default=False, description="Show technical details in pages. Never on a real site.")
    allowed_hosts: str = Field(default="127.0.0.1,localhost,[::1]", description="Host names served, comma separated.")
    https: bool = Field(
        default=False, description="The site is reached over HTTPS: secure cookies, HSTS and redirect are turned on."
    )
    max_upload_mb: int = Field(default=25, ge=1, le=500, description="Largest photograph accepted, in megabytes.")
    max_megapixels: int = Field(default=64, ge=1, le=500, description="Largest photograph accepted, in megapixels.")


@cache
def settings() -> Settings:
    """The settings of this process; the same object at every call."""
    return Settings()
