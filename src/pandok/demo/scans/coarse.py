"""The same scene in pixels twice as wide, where many scenes are needed: to train on, to measure with. A pixel counts
four times as much, as one that was averaged out of four."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.demo.scans.machines import ScanMachine
from pandok.demo.scans.rendering import clean_transmissions
from pandok.demo.scans.scenes import Scene

Plane = NDArray[np.float32]


def coarse(machine: ScanMachine) -> ScanMachine:
    one = machine.scanner
    scanner = replace(
        one, rows=one.rows // 2, columns=one.columns // 2, pitch_x=2 * one.pitch_x, pitch_y=2 * one.pitch_y
    )
    low, high = machine.quanta
    return replace(machine, scanner=scanner, blur_px=machine.blur_px / 2, quanta=(4 * low, 4 * high))


def seen(scene: Scene, machine: ScanMachine, random: np.random.Generator) -> tuple[Plane, Plane]:
    """(T_low, T_high) with blur and noise, not rounded to counts."""
    found: list[Plane] = []
    for clean, quanta in zip(clean_transmissions(scene, machine), machine.quanta, strict=True):
        soft = cv2.GaussianBlur(clean, (0, 0), machine.blur_px, borderType=cv2.BORDER_REPLICATE)
        noise = random.standard_normal(soft.shape, dtype=np.float32)
        found.append(np.asarray(soft + noise * np.sqrt(soft / quanta + machine.floor**2), np.float32))
    return found[0], found[1]
