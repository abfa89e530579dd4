"""$resultFormat=dataArray: observations of a stream as lines of one table."""

from __future__ import annotations

from typing import Any

from pandok.fields.street.lists.sensorthings.found import Page
from pandok.fields.street.lists.sensorthings.properties import observation_values
from pandok.fields.street.sensorthings.kinds import Kind
from pandok.fields.street.sensorthings.query_options import Options

_USUAL = ("id", "phenomenonTime", "resultTime", "result")


def as_arrays(page: Page, options: Options, root: str) -> list[dict[str, Any]]:
    """Streams in the order in which they come first."""
    names = [{"@iot.id": "id"}.get(one, one) for one in options.select] or list(_USUAL)
    streams: dict[int, list[list[Any]]] = {}
    for one in page.entities:
        said = observation_values(one, page.said.get(one["id"])) | {"id": one["id"]}
        line = [said.get(name) for name in names]
        streams.setdefault(one["datastream"], []).append(line)
    return [
        {
            "Datastream@iot.navigationLink": f"{root}/{Kind.DATASTREAM.value}({stream})",
            "components": names,
            "dataArray@iot.count": len(lines),
            "dataArray": lines,
        }
        for stream, lines in streams.items()
    ]
