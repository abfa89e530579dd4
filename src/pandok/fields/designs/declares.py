"""What the design reader declares."""

from __future__ import annotations

from pandok.common.declared import Declares
from pandok.fields.designs.roles import MAY, Action

DECLARES = Declares(
    actions=Action,
    may=MAY,
    audit_keys=("reading", "capture"),
    jobs=("pandok.fields.designs.acts.capture_reading_job", "pandok.fields.designs.acts.view_index_job"),
    largest_request="pandok.fields.designs.acts.photographs.largest_request",
)
