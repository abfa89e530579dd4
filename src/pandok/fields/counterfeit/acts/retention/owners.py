"""What uses a file, and whether its term there is over. A file may go only when every use has ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from pandok.common.files_in_use import named_by_fields
from pandok.common.models import Delivery, DeliveryState
from pandok.core.retention import RetentionPolicy, due_on
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.models import Case, CaseDocument, ConfirmedView, IdentificationGuide, LegalHold, Notice
from pandok.fields.designs.models import SignalPhotograph
from pandok.fields.register.models import View

KNOWN_COLUMNS = frozenset(
    {
        "designs.SignalPhotograph.sha256",
        "designs.SignalPhotograph.original_sha256",
        "counterfeit.CaseDocument.sha256",
        "counterfeit.Notice.pdf_sha256",
        "common.Delivery.body_html_sha256",
        "register.View.sha256",
    }
)
"""Columns that name files in the blobs, beside the lists in Delivery.attachments and IdentificationGuide.pictures."""

OF_OTHER_APPS: list[Callable[[set[str]], Iterator[Owner]]] = []
"""Uses by apps that stand above the desk; they add theirs when they are ready."""

FIELD = "counterfeit"
ENDED = (DeliveryState.SENT, DeliveryState.FAILED)


@dataclass(frozen=True)
class Owner:
    """One use of a file. `period` "" or `start` None: it has no term, or the term has not begun."""

    sha256: str
    period: str
    start: date | None
    label: str
    case_id: UUID | None = None

    def due(self, policy: RetentionPolicy) -> date | None:
        return due_on(self.start, policy.period(self.period)) if self.period and self.start else None


def owners_of(hashes: Collection[str]) -> dict[str, list[Owner]]:
    """Every use of these files."""
    return _gathered(hashes, *_OWN, *OF_OTHER_APPS, _other_fields)


def own_owners_of(hashes: Collection[str]) -> dict[str, list[Owner]]:
    """Their uses by this field, and by those that stand under it or add theirs here."""
    return _gathered(hashes, *_OWN, *OF_OTHER_APPS)


def _gathered(hashes: Collection[str], *parts: Callable[[set[str]], Iterator[Owner]]) -> dict[str, list[Owner]]:
    found: dict[str, list[Owner]] = defaultdict(list)
    for part in parts:
        for owner in part(set(hashes)):
            found[owner.sha256].append(owner)
    return found


def terms_over(hashes: Collection[str], *, policy: RetentionPolicy, today: date) -> set[str]:
    """Of these files, those whose every use has ended by its term and no hold stands."""
    names, over = list(hashes), set()
    for start in range(0, len(names), 500):
        part = names[start : start + 500]
        held = held_cases(part_owners := owners_of(part))
        over |= {sha256 for sha256 in part if state_of(part_owners.get(sha256, []), policy, today, held)[0] == "over"}
    return over


def held_cases(owners: dict[str, list[Owner]]) -> set[UUID]:
    cases = {owner.case_id for uses in owners.values() for owner in uses if owner.case_id}
    return set(LegalHold.objects.filter(case__in=cases, lifted_at=None).values_list("case_id", flat=True))


def state_of(
    uses: list[Owner], policy: RetentionPolicy, today: date, held: Collection[UUID]
) -> tuple[str, date | None, str]:
    """ "over", "held" or "needed"; with the last day that had to come and the period that asked for it."""
    if not uses:
        return "needed", None, ""
    days = [(owner.due(policy), owner.period) for owner in uses]
    if any(day is None or day > today for day, _ in days):
        return "needed", None, ""
    last, period = max((day, period) for day, period in days if day is not None)
    return ("held" if any(owner.case_id in held for owner in uses) else "over"), last, period


def period_of_photographs(case: Case) -> str:
    return "closed_with_finding" if case.finding else "closed_without_finding"


def _day(instant: datetime | None) -> date | None:
    return instant.astimezone(OFFICE_ZONE).date() if instant else None


def _other_fields(hashes: set[str]) -> Iterator[Owner]:
    """The same bytes in another field: they go by its terms, not by ours."""
    for sha256 in named_by_fields(hashes, besides=FIELD):
        yield Owner(sha256, "", None, "")


def _photographs(hashes: set[str]) -> Iterator[Owner]:
    named = Q(sha256__in=hashes) | Q(original_sha256__in=hashes)
    for row in SignalPhotograph.objects.filter(named).select_related("signal__case"):
        case = getattr(row.signal, "case", None)
        for sha256 in {row.sha256, row.original_sha256} & hashes:
            if case is None:
                yield Owner(sha256, "reading_without_case", _day(row.signal.caught_at), f"signal {row.signal_id}")
            else:
                yield Owner(sha256, period_of_photographs(case), _day(case.closed_at), case.number, case.id)


def _confirmed(hashes: set[str]) -> Iterator[Owner]:
    """What was cut from a photograph goes with it."""
    rows = ConfirmedView.objects.filter(view__sha256__in=hashes)
    for sha256, case in ((row.view.sha256, row.case) for row in rows.select_related("case", "view")):
        yield Owner(sha256, period_of_photographs(case), _day(case.closed_at), case.number, case.id)


def _documents(hashes: set[str]) -> Iterator[Owner]:
    for row in CaseDocument.objects.filter(sha256__in=hashes).select_related("case"):
        yield Owner(row.sha256, "case_document", _day(row.case.closed_at), row.case.number, row.case_id)


def _notices(hashes: set[str]) -> Iterator[Owner]:
    for row in Notice.objects.filter(pdf_sha256__in=hashes).select_related("case"):
        yield Owner(row.pdf_sha256, "notice_paper", _day(row.case.closed_at), row.case.number, row.case_id)


def _messages(hashes: set[str]) -> Iterator[Owner]:
    named = Q(body_html_sha256__in=hashes) | Q(body_sha256__in=hashes) | ~Q(attachments=[])
    rows = Delivery.objects.filter(named).values_list(
        "key", "body_html_sha256", "body_sha256", "attachments", "state", "finished_at"
    )
    for key, html, text, attachments, state, finished_at in rows.iterator(chunk_size=2000):
        for sha256 in {html, text, *(one.get("sha256", "") for one in attachments)} & hashes:
            ended = _day(finished_at) if state in ENDED else None
            yield Owner(sha256, "delivered_message", ended, "message", _case_in(key))


def _case_in(key: str) -> UUID | None:
    """The case that a message tells of: keys of notices begin with it."""
    kind, _, rest = key.partition(":")
    if kind != "case":
        return None
    try:
        return UUID(rest.partition(":")[0])
    except ValueError:
        return None


def _guides(hashes: set[str]) -> Iterator[Owner]:
    for title, pictures in IdentificationGuide.objects.values_list("title", "pictures").iterator():
        for sha256 in set(pictures) & hashes:
            yield Owner(sha256, "", None, title)


def _views(hashes: set[str]) -> Iterator[Owner]:
    for sha256 in View.objects.filter(sha256__in=hashes).values_list("sha256", flat=True).distinct():
        yield Owner(sha256, "", None, "register")


_OWN = (_photographs, _documents, _notices, _messages, _guides, _views, _confirmed)
