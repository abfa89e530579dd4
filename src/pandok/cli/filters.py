"""Search filters from the options of `pandok designs read`."""

from __future__ import annotations

from collections.abc import Sequence

from pandok.cli.classes import check_classes
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.desk.readings import ReadingFilters


def search_filters(classes: Sequence[str], *, in_force: bool, recorded: bool) -> ReadingFilters:
    """The filters of one search. Raises RequestError for more than one class, which one search does not take."""
    check_classes(classes)
    if len(classes) > 1:
        raise RequestError(
            Text(ko="--class는 한 번만 쓸 수 있습니다.", en="--class can be given once."),
            Text(
                ko="분류마다 따로 읽거나 상위 분류(예: 09)를 쓰십시오.",
                en="Read once for each class, or give the whole class, for example 09.",
            ),
            code="request.several_classes",
        )
    locarno_class = classes[0] if classes else ""
    return ReadingFilters(locarno_class=locarno_class, in_force_only=in_force, recorded_only=recorded)
