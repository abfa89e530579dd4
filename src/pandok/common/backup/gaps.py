"""Times of which a restored backup knows nothing: what was done after it was made, and before it was restored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pandok.common.models import AuditEntry
from pandok.core.dates import moment_short
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text


@dataclass(frozen=True)
class Gap:
    """An older backup took the place of what was there: what was recorded in between is in no table, and no hash can
    miss it."""

    made_at: datetime
    restored_at: datetime

    @property
    def words(self) -> Text:
        made, restored = (moment_short(one, OFFICE_ZONE) for one in (self.made_at, self.restored_at))
        return Text(ko=f"{made.ko} – {restored.ko}", en=f"{made.en} – {restored.en}")


def gaps_of_restoring() -> list[Gap]:
    """The newest first."""
    rows = AuditEntry.objects.filter(action="backup.restored").order_by("-at").values_list("at", "details")
    made = [(at, str(details.get("made_at") or "")) for at, details in rows]
    return [Gap(datetime.fromisoformat(one), at) for at, one in made if one]
