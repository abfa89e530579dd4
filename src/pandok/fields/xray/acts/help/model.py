"""Which reader program this site uses: the shipped one, or another that the lab of this site accepted."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from pandok.common.accepted_models import is_accepted
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.scans.help_model import READER, HelpModel, open_help_model
from pandok.fields.xray.refusals import refusal
from pandok.settings import settings


def site_model(now: datetime) -> HelpModel | None:
    """None where the setting `xray_reader` names none. Raises ModelError, and RequestError xray.reader_not_accepted."""
    chosen = settings()
    if not chosen.xray_reader:
        return None
    model = _opened(chosen.xray_reader, chosen.home)
    if chosen.xray_reader != READER and not is_accepted(model.sha256, now.astimezone(OFFICE_ZONE).date()):
        raise refusal("reader_not_accepted")
    return model


@cache
def _opened(name: str, home: Path) -> HelpModel:
    """On one thread: there are as many workers for reading as threads."""
    return open_help_model(name, home, threads=1)
