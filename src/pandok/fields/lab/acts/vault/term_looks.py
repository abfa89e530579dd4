"""Before a key is destroyed because a term is over, that is seen again and again for days.

One tick of a wrong clock destroys nothing: the term must be seen as over without a break for at least two days, and
for as long as the clock may have jumped (the longest pause in the newest part of the audit chain, at most a month).
Where the clock goes back, or nobody looks for a day, the looking begins again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.trust.doubts import SLACK, longest_pause
from pandok.fields.lab.models import Deposit, TermLook

LEAST_LOOKED = timedelta(days=2)
MOST_LOOKED = timedelta(days=30)
LONGEST_BREAK = timedelta(days=1)


def seen_long_enough(deposit: Deposit, *, now: datetime, who: str) -> bool:
    """Note that the deposit's term is seen as over `now`; whether it has been seen so for long enough."""
    with transaction.atomic():
        look = TermLook.objects.select_for_update(no_key=True).filter(deposit=deposit).first()
        if look is None or now < look.last_at - SLACK or now - look.last_at > LONGEST_BREAK:
            wait = min(max(LEAST_LOOKED, longest_pause(now)), MOST_LOOKED)
            TermLook.objects.update_or_create(
                deposit=deposit, defaults={"first_at": now, "last_at": now, "goes_at": now + wait}
            )
            audit.tell(
                who,
                "vault.term_seen",
                f"deposit:{deposit.pk}",
                "",
                now,
                {"goes_not_before": (now + wait).isoformat(timespec="seconds")},
            )
            return False
        look.last_at = now
        look.save(update_fields=["last_at"])
        return now >= look.goes_at


def forget_look(deposit: Deposit) -> None:
    TermLook.objects.filter(deposit=deposit).delete()
