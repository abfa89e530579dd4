"""What a person saw of a case must still hold when they act on it."""

from __future__ import annotations

import hashlib

from pandok.core.declaration import OF_CASE
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.models import Case

_SEEN = (
    "state",
    "state_since",
    "reading_id",
    "design_id",
    "holder_id",
    "importer_id",
    "appraiser_id",
    "officer_id",
    "finding",
    "disposition",
    *(one.name for one in OF_CASE),
)


def stamp(case: Case) -> str:
    """A short mark of everything in the case that a decision rests on; papers and remarks may come meanwhile."""
    seen = "\n".join(str(getattr(case, name)) for name in _SEEN)
    return hashlib.sha256(seen.encode()).hexdigest()[:16]


def check_unchanged(case: Case, seen: str) -> None:
    """Raises RequestError (case.moved) where the case is no longer as the person saw it."""
    if stamp(case) != seen:
        raise RequestError(
            Text(
                ko=f"그사이 사건 {case.number}이(가) 바뀌어 처리하지 않았습니다.",
                en=f"Case {case.number} changed meanwhile, so nothing was done.",
            ),
            Text(
                ko="아래의 지금 상태를 확인하고 필요하면 다시 처리하십시오. 적으신 내용은 남아 있습니다.",
                en="Look at it as it is now and act again where needed. What you wrote is still here.",
            ),
            code="case.moved",
        )
