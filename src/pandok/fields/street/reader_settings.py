"""What of the readers belongs to a place: levels of a crowd, the rated power of its lamp, whether the sea comes in."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pandok.readers.streetlights.crowd_density import USUAL_PER_M2

PerM2 = Annotated[float, Field(gt=0, le=20)]


class ReaderSettings(BaseModel):
    """Kept with the pole; what is not stated is as usual. A changed threshold holds for the alert that stands, too."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    crowd_per_m2: tuple[PerM2, PerM2, PerM2, PerM2] = Field(
        default=USUAL_PER_M2, description="Persons per m² at which attention, caution, warning and serious begin."
    )
    tilt_limit_deg: float = Field(default=1.0, gt=0, le=45, description="Tilt that a pole of this make may have, in °.")
    settlement_limit_mm: float = Field(default=10.0, gt=0, le=1000, description="Settlement allowed here, in mm.")
    lamp_rated_w: float | None = Field(
        default=None, gt=0, le=2000, description="Rated power of the lamp in W; unknown, it is learned at night."
    )
    tidal: bool = Field(default=False, description="The sea comes in here: a flood may be the tide.")

    @model_validator(mode="after")
    def _rise(self) -> Self:
        if sorted(self.crowd_per_m2) != list(self.crowd_per_m2):
            raise ValueError("levels of a crowd rise from attention to serious")
        return self
