"""What of the readers is different at one pole is written down, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import checked_reason
from pandok.core.canonical import canonical
from pandok.fields.street.acts.registering import pole_named
from pandok.fields.street.models import Pole
from pandok.fields.street.reader_settings import ReaderSettings
from pandok.fields.street.refusals import refusal


def choose_reader_settings(
    key: str, chosen: Mapping[str, Any], *, actor: Account | None, reason: str, now: datetime
) -> Pole:
    """All that differs from the usual ones; what is left out is as usual again. Raises RequestError for no such pole,
    a setting that no reader has, and a value that cannot be."""
    reason = checked_reason(reason)
    try:
        settings = ReaderSettings.model_validate(dict(chosen))
    except ValidationError as error:
        named = sorted({str(part["loc"][0]) for part in error.errors() if part["loc"]})
        raise refusal("bad_settings", settings=named) from error
    with transaction.atomic():
        pole = locked(Pole, pole_named(key).pk)
        pole.reader_settings = settings.model_dump(mode="json", exclude_defaults=True)
        pole.save(update_fields=["reader_settings"])
        said = canonical(pole.reader_settings).decode()
        audit.tell(actor, "pole.reader-settings", f"pole:{pole.key}", reason, now, {"settings": said})
    return pole
