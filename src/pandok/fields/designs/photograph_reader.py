"""Who reads photographs, as use cases ask for it; the desk (pandok.fields.designs.open_desk) is one."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from pandok.core.reading import Box, MarksFound, Reading


class ReadingFilters(BaseModel):
    """Which part of the register is searched. A right that is not in force is no basis, so it is left out at first."""

    model_config = ConfigDict(frozen=True)

    locarno_class: str = Field(default="", max_length=10, pattern=r"^([0-9]{2}(-[0-9]{2})?)?$")
    in_force_only: bool = True
    recorded_only: bool = False


class PhotographReader(Protocol):
    """`read` may be called from several threads and changes nothing."""

    def read(
        self,
        photographs: list[bytes],
        /,
        *,
        top: int,
        filters: ReadingFilters,
        boxes: list[Box | None] | None,
        marks: bool = True,
        on: date | None = None,
    ) -> Reading: ...

    def marks_on(self, photographs: list[bytes], /) -> MarksFound: ...
