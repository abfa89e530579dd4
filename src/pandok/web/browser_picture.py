"""Stored pictures as answers to browsers."""

from __future__ import annotations

from django.http import Http404

from pandok.common.decoding import parsing_pool
from pandok.core.errors import PhotographError
from pandok.engines.decoding.browser_pictures import shown_picture

SMALL_SIDE_PX = 144


def browser_picture(data: bytes, *, small: bool = False) -> tuple[bytes, str]:
    """Bytes and media type. Raises Http404 for what is no picture, StoreError where no process came free."""
    try:
        return shown_picture(parsing_pool(), data, side_px=SMALL_SIDE_PX if small else None)
    except PhotographError as error:
        raise Http404 from error
