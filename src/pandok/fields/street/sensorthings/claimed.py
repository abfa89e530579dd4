"""Which requirements of OGC 18-088 this service claims; each has a test of its name. MultiDatastream, tasking, MQTT and
the whole list of functions (it has geometry) are not claimed."""

from __future__ import annotations

_REQ = "http://www.opengis.net/spec/iot_sensing/1.1/req"
CLAIMED: tuple[str, ...] = tuple(
    f"{_REQ}/{one}"
    for one in (
        "datamodel",
        "resource-path/resource-path-to-entities",
        "request-data/order",
        "request-data/expand",
        "request-data/select",
        "request-data/status-code",
        "request-data/query-status-code",
        "request-data/orderby",
        "request-data/top",
        "request-data/skip",
        "request-data/count",
        "request-data/filter",
        "request-data/built-in-filter-operations",
        "request-data/pagination",
        "create-update-delete/create-entity",
        "create-update-delete/link-to-existing-entities",
        "create-update-delete/deep-insert",
        "create-update-delete/deep-insert-status-code",
        "create-update-delete/update-entity",
        "create-update-delete/delete-entity",
        "create-update-delete/historical-location-auto-creation",
        "data-array/data-array",
    )
)
