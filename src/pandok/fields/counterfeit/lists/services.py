"""How a notice was served, as it stands on record; and whether a term still waits for its mail."""

from __future__ import annotations

from pandok.common.models import Delivery, DeliveryState
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import CaseClock, Notice, NoticeService


def service_of(notice: Notice) -> NoticeService | None:
    """The service that counts: the first one that did not fall. None: the party has not been reached yet."""
    return first_that_holds(list(notice.services.all()))


def first_that_holds(services: list[NoticeService]) -> NoticeService | None:
    """Of all records of one notice, in their order."""
    held: list[NoticeService] = []
    for one in services:
        if one.way == NoticeService.FAILED:
            held = [earlier for earlier in held if earlier.way != NoticeService.MAIL]
        else:
            held.append(one)
    return held[0] if held else None


def waits_for_its_mail(clock: CaseClock) -> bool:
    """Whether the mail that this term counts from has not left yet: the term cannot be over then."""
    templates = _templates_of(clock)
    notices = Notice.objects.filter(case_id=clock.case_id, template__in=templates, issued_at__lte=clock.started_at)
    notice = notices.order_by("-issued_at").first() if templates else None
    if notice is None:
        return False
    waiting = Delivery.objects.filter(
        key=notice.delivery_key, state__in=(DeliveryState.QUEUED, DeliveryState.SENDING)
    ).exists()
    service = service_of(notice) if waiting else None
    return service is not None and service.way == NoticeService.MAIL


def _templates_of(clock: CaseClock) -> list[str]:
    starts = law_version(clock.case.law_version).clock(clock.rule).starts_when_told
    return [starts] if starts else []
