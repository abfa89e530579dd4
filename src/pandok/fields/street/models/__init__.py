"""Records of streetlights, one idea a file."""

from pandok.fields.street.models.alerts import Alert, AlertEvent, Silence, SilenceEnd
from pandok.fields.street.models.bookings import Booking, BookingCancelled
from pandok.fields.street.models.boundaries import MapBoundaries
from pandok.fields.street.models.commands import DeviceCommand, DeviceState
from pandok.fields.street.models.energy import LampNight
from pandok.fields.street.models.ingest import (
    CurrentValue,
    DeviceAttribute,
    HistoryFile,
    PoleState,
    ReaderState,
    Spool,
    TakenMessage,
)
from pandok.fields.street.models.outside import OutsideRecord
from pandok.fields.street.models.places import Device, Pole, Sensor, TestBed
from pandok.fields.street.models.replays import RegisteredReplay, Replay
from pandok.fields.street.models.sensor_things import (
    FeatureOfInterest,
    HistoricalLocation,
    Location,
    ObservationFacts,
    ObservedProperty,
)
from pandok.fields.street.models.trials import Trial, TrialResult
from pandok.fields.street.models.warnings import ResidentWarning
from pandok.fields.street.models.works import WorkOrder, WorkOrderEvent

__all__ = [
    "Alert",
    "AlertEvent",
    "Booking",
    "BookingCancelled",
    "CurrentValue",
    "Device",
    "DeviceAttribute",
    "DeviceCommand",
    "DeviceState",
    "FeatureOfInterest",
    "HistoricalLocation",
    "HistoryFile",
    "LampNight",
    "Location",
    "MapBoundaries",
    "ObservationFacts",
    "ObservedProperty",
    "OutsideRecord",
    "Pole",
    "PoleState",
    "ReaderState",
    "RegisteredReplay",
    "Replay",
    "ResidentWarning",
    "Sensor",
    "Silence",
    "SilenceEnd",
    "Spool",
    "TakenMessage",
    "TestBed",
    "Trial",
    "TrialResult",
    "WorkOrder",
    "WorkOrderEvent",
]
