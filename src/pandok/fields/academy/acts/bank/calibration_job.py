"""Every night the difficulty of pictures follows what people answered."""

from __future__ import annotations

from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work


@every(24 * 3600)
def calibrate_every_night(work: Work) -> None:
    from pandok.fields.academy.acts.bank.calibration import calibrate_pictures  # with numpy

    calibrate_pictures(now=work.now)
