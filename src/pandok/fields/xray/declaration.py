"""What was declared of a parcel, bag or container, as it stands beside its scan."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict, Field, field_validator

from pandok.readers.xray.containers.kinds import kind_of

_DIGITS = re.compile(r"[\s.\-,]")


class Declaration(BaseModel):
    """Empty strings and None: not declared. Raises ValidationError where a value is none of its kind."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    consignment: str = Field(default="", max_length=60)
    container_type: str = Field(default="", max_length=4)
    goods: str = Field(default="", max_length=300)
    hs_code: str = Field(default="", pattern=r"^(\d{4}|\d{6}|\d{8}|\d{10})?$")
    origin: str = Field(default="", pattern=r"^([A-Z]{2})?$")
    quantity: str = Field(default="", pattern=r"^\d{0,7}$")
    mass_g: int | None = Field(default=None, ge=1, le=100_000_000)
    value_krw: str = Field(default="", pattern=r"^\d{0,12}$")

    @field_validator("hs_code", "quantity", "value_krw", mode="before")
    @classmethod
    def _as_written(cls, value: object) -> object:
        """`0805.10-0000` and `1,200,000` are how people write them."""
        return _DIGITS.sub("", value) if isinstance(value, str) else value

    @field_validator("container_type")
    @classmethod
    def _known_type(cls, value: str) -> str:
        return kind_of(value).code if value else ""

    @field_validator("origin", "container_type", mode="before")
    @classmethod
    def _capitals(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value
