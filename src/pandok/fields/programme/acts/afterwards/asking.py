"""When a day to measure again is over, the post is asked: in the trail, on its page, and by mail."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.common.messages.deliveries import queue_mail
from pandok.common.records.lifecycle import SYSTEM_NAME
from pandok.core.errors import RequestError
from pandok.core.text import counted
from pandok.fields.programme.acts.evidence.agreement_told import told
from pandok.fields.programme.lists.afterwards import due_and_open
from pandok.fields.programme.models import AskedAgain, Remeasurement
from pandok.settings import settings

ASKED = "agreement.asked_again"


@every(3600, by_clock=True)
def ask_what_became_of_it(work: Work) -> None:
    ask_due(work.now)


def ask_due(now: datetime) -> int:
    """How many were asked now; each once."""
    asked = 0
    waiting = due_and_open(now).filter(asked=None).select_related("agreement__field_owner").order_by("due_on", "pk")
    for again in waiting:
        with transaction.atomic():
            _, made = AskedAgain.objects.get_or_create(again=again, defaults={"asked_at": now})
            if made:
                _ask(again, now)
                asked += 1
    return asked


def _ask(again: Remeasurement, now: datetime) -> None:
    agreement = again.agreement
    told(
        agreement, ASKED, again.post, actor=None, now=now, by_itself=True,
        details={"due_on": again.due_on.isoformat(), "months": again.months},
    )  # fmt: skip
    owner = agreement.field_owner
    if owner is None or not owner.email:
        return
    months = counted(again.months, "month")
    page = f"{settings().address}/programme/agreements/{agreement.pk}/evidence/"
    try:
        queue_mail(
            recipient=owner.email,
            subject=f"{agreement.number} {again.months}개월 뒤 재측정 · What became of it after {months}?",
            body_text=(
                f"{agreement.number} {agreement.title}\n{again.post}\n\n"
                f"지금 쓰고 있는지 답하고 다시 측정해 주십시오.\n"
                f"Please say whether it is used today, and measure again.\n\n{page}\n"
            ),
            key=f"programme-asked-{again.pk}",
            actor=SYSTEM_NAME,
            now=now,
        )
    except RequestError:
        return  # no address that mail can go to: its page and the public one ask all the same
