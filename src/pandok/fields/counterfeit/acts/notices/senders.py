"""Who sends a notice, and whom its reader asks: the head of the customs house, the department, the officer."""

from __future__ import annotations

from pandok.common.models import Site
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.notices.content import Fact
from pandok.fields.counterfeit.models import Case

_CUSTOMS = Text(ko="세관장", en="Head of customs")
_DEPARTMENT = Text(ko="담당 부서", en="Department")
_OFFICER = Text(ko="담당자", en="Officer")
_PHONE = Text(ko="전화", en="Telephone")


def sender_of(site: Site | None) -> Text:
    """As the site entered it; else the name of the site with its head, where that name is one of a customs house."""
    if site is None:
        return _CUSTOMS
    head_ko = site.head_ko or (f"{site.name_ko}장" if site.name_ko.endswith("세관") else site.name_ko)
    return Text(ko=head_ko, en=site.head_en or f"Head of {site.name_en}")


def contact_of(case: Case) -> tuple[Fact, ...]:
    """What the officer and the site have entered, the officer's own department and telephone first."""
    site, officer = case.site, case.officer
    here = Text(ko=site.department_ko, en=site.department_en or site.department_ko) if site else Text(ko="", en="")
    department = Text(ko=officer.department, en=officer.department) if officer.department else here
    phone = officer.phone or (site.phone if site else "")
    rows = (
        (_DEPARTMENT, department),
        (_OFFICER, Text(ko=officer.shown_name, en=officer.shown_name)),
        (_PHONE, Text(ko=phone, en=phone)),
    )
    return tuple(Fact(label=label, value=value) for label, value in rows if value.ko)
