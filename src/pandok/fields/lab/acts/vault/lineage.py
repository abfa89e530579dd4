"""Lineage: what was made from what. Everything that was made of an object goes with it when it is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.fields.lab.acts.vault.allowed import must
from pandok.fields.lab.acts.vault.refusals import refused
from pandok.fields.lab.models import Deposit, Lineage, VaultObject
from pandok.fields.lab.roles import Action

MOST_TOOL = 100


def with_descendants(objects: Iterable[VaultObject]) -> set[UUID]:
    """The ids of the objects and of everything made from them, however many steps away."""
    found = {one.pk for one in objects}
    frontier = set(found)
    while frontier:
        made = Lineage.objects.filter(source__in=frontier, made__isnull=False).values_list("made", flat=True)
        frontier = set(made) - found
        found |= frontier
    return found


def model_made_from(
    *, objects: Iterable[VaultObject], model_sha256: str, step: str, tool: str, actor: Account, now: datetime
) -> None:
    """Note that a model was trained or fitted on these objects. Noting it again changes nothing.

    Raises RequestError where the person may not, where there is no object, and for a tool without a name."""
    must(actor, Action.DEPOSIT_DATA)
    objects = list(objects)
    if not objects:
        raise refused("vault.no_objects")
    if not 0 < len(tool.strip()) <= MOST_TOOL:
        raise refused("vault.tool")
    with transaction.atomic():
        for one in objects:
            _, new = Lineage.objects.get_or_create(
                source=one, made=None, model_sha256=model_sha256, step=step, defaults={"tool": tool, "at": now}
            )
            if new:
                audit.tell(
                    actor, "vault.model_made", f"vault:{one.pk}", step, now, {"model": model_sha256, "tool": tool}
                )


def edges_of(deposit: Deposit) -> list[tuple[str, str, str, str, int]]:
    """The lineage of a deposit by kinds: (from, to, step, tool, how many objects)."""
    counts: dict[tuple[str, str, str, str], int] = {}
    for source, made, step, tool in Lineage.objects.filter(source__deposit=deposit).values_list(
        "source__kind", "made__kind", "step", "tool"
    ):
        key = (source, made or "model", step, tool)
        counts[key] = counts.get(key, 0) + 1
    return [(*key, count) for key, count in sorted(counts.items())]
