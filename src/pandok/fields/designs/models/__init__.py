"""Captures, photographs and their readings, one idea a file."""

from pandok.fields.designs.models.captures import Capture, CaptureState
from pandok.fields.designs.models.signals import ReadingMarks, ReadingRecord, Signal, SignalPhotograph

__all__ = [
    "Capture",
    "CaptureState",
    "ReadingMarks",
    "ReadingRecord",
    "Signal",
    "SignalPhotograph",
]
