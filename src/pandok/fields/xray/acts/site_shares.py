"""The shares that this site has set: what is read without help, and what is opened by draw."""

from __future__ import annotations

from pandok.fields.xray.acts.beginning import Shares
from pandok.settings import settings


def shares_of_site() -> Shares:
    chosen = settings()
    return Shares(chosen.xray_without_help, chosen.xray_opened_by_draw)
