"""Whoever asks for a run, or scores one, waits here for the others who do."""

from __future__ import annotations

from pandok.fields.lab.models import LockedRegistration


def one_after_another() -> None:
    """Hold all registrations until the transaction ends. Places on a Ladder are counted under one registration, but
    openings of the confirm cases under all that share cases with it: held alone, two would each count without the
    other. SQLite has one writer anyhow."""
    list(LockedRegistration.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
