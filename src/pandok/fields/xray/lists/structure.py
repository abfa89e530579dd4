"""Types of containers of a site: how many empty ones are known, and what was measured on them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from pandok.common.models import Account, Site
from pandok.common.parties.belonging import site_of
from pandok.fields.xray.models import EmptyContainer, Scan, StructureFigure
from pandok.fields.xray.roles import Action
from pandok.proof.shares import exact_interval

MOST_EMPTIES = 150
"""The newest; more add little to what is usual, and time."""


@dataclass(frozen=True)
class BankKey:
    """`response`: the spectra of the machine, by their name."""

    site: Site | None
    container_type: str
    response: str
    from_generator: bool

    @property
    def rows(self) -> QuerySet[EmptyContainer]:
        """Those that stand, the newest first."""
        return EmptyContainer.objects.filter(
            site=self.site,
            container_type=self.container_type,
            response=self.response,
            from_generator=self.from_generator,
            withdrawn_at=None,
        ).order_by("-imported_at", "pk")


def bank_key(scan: Scan) -> BankKey:
    """What a scan is compared with."""
    inspection = scan.inspection
    response = str(scan.quality.get("response") or "")
    return BankKey(inspection.site, inspection.container_type, response, inspection.from_generator)


def empties_of(key: BankKey) -> list[EmptyContainer]:
    return list(key.rows[:MOST_EMPTIES])


@dataclass(frozen=True)
class KnownType:
    """`figure`: the newest that was measured, None where none was."""

    key: BankKey
    empties: int
    figure: StructureFigure | None


def empties_visible_to(account: Account) -> QuerySet[EmptyContainer]:
    """As inspections: of all sites, of the own one, or of none."""
    if account.may(Action.SEE_ALL_SCANS):
        return EmptyContainer.objects.filter(withdrawn_at=None)
    if account.may(Action.SEE_SITE_SCANS):
        return EmptyContainer.objects.filter(withdrawn_at=None, site=site_of(account))
    return EmptyContainer.objects.none()


def known_types(account: Account) -> list[KnownType]:
    columns = ("site", "container_type", "response", "from_generator")
    rows = empties_visible_to(account).order_by(*columns).values(*columns).annotate(count=Count("pk"))
    sites = Site.objects.in_bulk([row["site"] for row in rows if row["site"]])
    found = []
    for row in rows:
        site = sites.get(row["site"]) if row["site"] else None
        key = BankKey(site, row["container_type"], row["response"], row["from_generator"])
        found.append(KnownType(key, row["count"], newest_figure(key)))
    return found


def newest_figure(key: BankKey) -> StructureFigure | None:
    return StructureFigure.objects.filter(
        site=key.site,
        container_type=key.container_type,
        response=key.response,
        from_generator=key.from_generator,
    ).first()


def recall_interval(figure: StructureFigure) -> tuple[float, float]:
    """Clopper and Pearson, 95 %: each container holds one mass."""
    interval = exact_interval(figure.found, figure.empties)
    assert interval is not None
    return interval
