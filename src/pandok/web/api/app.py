"""The API as one object: its operations, its errors, its description."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from pandok.common.declared import rooms
from pandok.version import __version__
from pandok.web.api import error_answers as faults
from pandok.web.api.callers import may
from pandok.web.api.parsing import StrictParser

PREFIX = "/api/v1"
DESCRIPTION = """Everything that the pages of the desk do, for an agency's own systems.

- Send a token as `Authorization: Bearer pdk_…`. It acts as its account, within its scopes.
- Times are ISO 8601 with a time zone. Lists give `next`, the cursor of the following page, or null.
- A POST may carry `Idempotency-Key`: the same key within 24 hours repeats the answer and does nothing again.
- Every refusal has one shape (`Refusal`), in Korean and English. What you may not see is answered with 404.
- The software ranks and never judges: a probability is the chance that a registered design is the photographed one.
"""


class _Api(NinjaAPI):
    def get_openapi_schema(self, **_: Any) -> OpenAPISchema:
        return super().get_openapi_schema(path_prefix=f"{PREFIX}/")

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = _Api(
    title="Pandok",
    version=__version__,
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    auth=may(),
    parser=StrictParser(),
)
faults.install(api)
for room in rooms("api"):
    for path, router in room.ROUTERS:
        api.add_router(path, router)


def schema() -> dict[str, Any]:
    """The description of the whole API (OpenAPI 3.1)."""
    described: dict[str, Any] = dict(api.get_openapi_schema())
    described["servers"] = []
    return described
