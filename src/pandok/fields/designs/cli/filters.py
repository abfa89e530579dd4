"""Search filters from the options of `pandok designs read`."""

from __future__ import annotations

from collections.abc import Sequence

from pandok.fields.designs.cli.classes import check_classes
from pandok.readers.designs.gallery import Filters


def search_filters(classes: Sequence[str], *, in_force: bool, recorded: bool) -> Filters:
    """The filters of one search; several classes widen it. Raises RequestError for a class written otherwise."""
    check_classes(classes)
    return Filters(locarno_classes=tuple(classes), in_force_only=in_force, recorded_only=recorded)
