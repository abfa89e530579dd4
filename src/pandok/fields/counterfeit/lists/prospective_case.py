"""What a case would be before anything is kept: for a look at what a press would do. Leaving leaves nothing."""

from __future__ import annotations

import re
from datetime import datetime

from django.db.models import Q

from pandok.common.models import Account, Party
from pandok.common.parties.belonging import site_of
from pandok.common.parties.parties_admin import find_parties
from pandok.core.declaration import LEAST_NUMBER
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.law import law_versions as law
from pandok.fields.counterfeit.lists.visible import cases_of_customs
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import TURN_OF, State
from pandok.fields.designs.acts.captures import declaration_of
from pandok.fields.designs.models import ReadingRecord

RECENT = 5
_NO_NUMBER = re.compile(r"[\W_]")


def case_of_signal(reading: ReadingRecord) -> Case | None:
    """The case that this reading's photographs have already."""
    return Case.objects.filter(signal_id=reading.signal_id).first()


def prospective_case(reading: ReadingRecord, actor: Account, now: datetime) -> Case:
    """The case that `open_case` would make of this reading, in memory and without a number."""
    today = now.astimezone(OFFICE_ZONE).date()
    return Case(
        number=f"{today.year}-······",
        signal=reading.signal,
        reading=reading,
        site=site_of(actor),
        officer=actor,
        opened_at=now,
        law_version=law.current_law(today).version,
        state=State.READ.value,
        state_since=now,
        turn=TURN_OF[State.READ].value,
        **declaration_of(reading.signal).of_case(),
    )


def importer_of_shipment(case: Case, actor: Account) -> Party | None:
    """The importer of an earlier case of the same shipment, by its B/L or parcel number."""
    same = Q()
    if case.bl_number:
        same |= Q(bl_number=case.bl_number)
    if case.parcel_number:
        same |= Q(parcel_number=case.parcel_number)
    if not same:
        return None
    earlier = cases_of_customs(actor).filter(same, importer__active=True).select_related("importer")
    newest = earlier.order_by("-opened_at").first()
    return newest.importer if newest else None


def importer_at_capture(case: Case, actor: Account) -> Party | None:
    """The importer that the officer wrote down with the photographs, where the desk knows exactly one such party."""
    return importer_named(declaration_of(case.signal).importer, actor)


def importer_named(written: str, actor: Account) -> Party | None:
    """The one active importer of this name; else that of the newest case with this B/L or parcel number."""
    if not written:
        return None
    found = [
        one
        for one in Party.objects.filter(kind=Party.IMPORTER, active=True, name__iexact=written)[:2]
        if one.name.casefold() == written.casefold()
    ]
    if found:
        return found[0] if len(found) == 1 else None
    number = _NO_NUMBER.sub("", written).upper()
    if len(number) < LEAST_NUMBER or not any(one.isdigit() for one in number):
        return None
    same = Q(bl_number=number) | Q(parcel_number=number)
    earlier = cases_of_customs(actor).filter(same, importer__active=True).select_related("importer")
    newest = earlier.order_by("-opened_at").first()
    return newest.importer if newest else None


def find_importers(typed: str, actor: Account) -> list[tuple[Party, str]]:
    """Importers for a list while one types: by a part of the name, or by the number of a shipment seen before, which
    is told beside the name."""
    named = list(find_parties(text=typed, kind=Party.IMPORTER, active_only=True)[:RECENT])
    number = _NO_NUMBER.sub("", typed).upper()
    found = [(one, "") for one in named]
    if len(number) >= LEAST_NUMBER and any(one.isdigit() for one in number):
        same = Q(bl_number__startswith=number) | Q(parcel_number__startswith=number)
        earlier = cases_of_customs(actor).filter(same, importer__active=True).select_related("importer")
        found += [
            (case.importer, case.bl_number if case.bl_number.startswith(number) else case.parcel_number)
            for case in earlier.order_by("-opened_at")[:RECENT]
            if case.importer is not None
        ]
    return list({party.pk: (party, why) for party, why in reversed(found)}.values())[::-1][:RECENT]


def recent_importers(actor: Account) -> list[Party]:
    """The importers named last in the cases that this person sees."""
    newest = cases_of_customs(actor).filter(importer__active=True).order_by("-opened_at")
    ids = list(dict.fromkeys(newest.values_list("importer_id", flat=True)[:200]))[:RECENT]
    found = Party.objects.in_bulk(ids)
    return [found[one] for one in ids]
