"""What the design reader declares."""

from __future__ import annotations

from pandok.common.declared import Declares

DECLARES = Declares(
    jobs=("pandok.fields.designs.acts.capture_reading_job", "pandok.fields.designs.acts.view_index_job"),
    largest_request="pandok.fields.designs.acts.photographs.largest_request",
)
