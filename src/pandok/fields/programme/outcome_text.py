"""An outcome as it was written, checked into columns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from pandok.fields.programme.outcome_kinds import OutcomeKind
from pandok.fields.programme.outcome_refusals import refusal

ROOM = {"title": 300, "source": 300, "owner": 200, "maker": 200, "licence": 200, "state_right": 200, "territory": 100}
MUST = ("title", "source", "owner", "maker")
MOST_REGISTRATION = 100


def columns_of(written: Mapping[str, str], today: date) -> dict[str, Any]:
    """Raises RequestError: outcome.words, .registration, .figure, .day."""
    sent = {name: written.get(name, "").strip() for name in (*ROOM, "kind", "registration")}
    if sent["kind"] not in set(OutcomeKind) or not all(sent[name] for name in MUST):
        raise refusal("words")
    if any(len(sent[name]) > room for name, room in ROOM.items()):
        raise refusal("words")
    kind = OutcomeKind(sent["kind"])
    sent["registration"] = registration_of(sent["registration"])
    if (kind.numbered and not sent["registration"]) or len(sent["registration"]) > MOST_REGISTRATION:
        raise refusal("registration")
    happened = _day(written.get("happened_on", ""))
    expires = _day(written["expires_on"]) if written.get("expires_on", "").strip() else None
    if happened is None or happened > today or (written.get("expires_on", "").strip() and expires is None):
        raise refusal("day")
    if expires is not None and expires <= happened:
        raise refusal("day")
    figure, share = _number(written.get("figure", "")), _number(written.get("share_percent", ""))
    if (figure is not None) is not kind.effect or (figure is not None and not figure > 0):
        raise refusal("figure")
    if share is None or not 0 < share <= 100:
        raise refusal("figure")
    return sent | {"happened_on": happened, "expires_on": expires, "figure": figure, "share_percent": share}


def registration_of(written: str) -> str:
    """In one form, so that two writings of a number are one.

    >>> registration_of(" 10-2026-0012345 "), registration_of("https://doi.org/10.1000/ABC")
    ('10-2026-0012345', '10.1000/ABC')
    """
    text = "".join(written.split()).upper()
    for head in ("HTTPS://DOI.ORG/", "HTTP://DOI.ORG/", "DOI:"):
        text = text.removeprefix(head)
    return text


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


def _number(written: str) -> float | None:
    """None where nothing is written; NaN where it is no number, which compares with nothing."""
    text = written.strip().replace(",", "")
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        return math.nan
    return found if math.isfinite(found) else math.nan
