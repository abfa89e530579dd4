"""A small world of cases: a site, an officer, a holder with a recorded right, an importer, a reading."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group

from pandok.common.models import Account, Party, PartyMember, ServiceConsent, Site, SiteMember
from pandok.common.people.accounts import ensure_role_groups
from pandok.core.reading import Candidate
from pandok.fields.counterfeit.acts.cases import clocks
from pandok.fields.counterfeit.acts.cases.opening import open_case
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case, CaseClock
from pandok.fields.designs.models import ReadingRecord, Signal, SignalPhotograph
from pandok.fields.register.models import Design, Holder, PartyHolder
from tests.fields.designs.fakes import NOON, candidate, reading
from tests.roles import Role


@dataclass
class World:
    site: Site
    officer: Account
    holder: Party
    importer: Party
    association: Party
    design: Design
    accounts: dict[str, Account] = field(default_factory=dict)

    def account(self, role: Role, name: str = "", party: Party | None = None, site: Site | None = None) -> Account:
        name = name or role.value
        if name not in self.accounts:
            account = Account.objects.create_user(name, password="open sesame 27")
            account.groups.add(Group.objects.get(name=role.value))
            if party:
                PartyMember.objects.create(party=party, account=account)
            if site:
                SiteMember.objects.create(account=account, site=site)
            self.accounts[name] = account
        return self.accounts[name]

    def reading(self, actor: Account | None = None, now: datetime = NOON, **changes: Any) -> ReadingRecord:
        signal = Signal.objects.create(actor=actor or self.officer, caught_at=now)
        SignalPhotograph.objects.create(signal=signal, position=0, sha256="a" * 64, width_px=900, height_px=1200)
        value = reading([]).model_copy(
            update={"candidates": (candidate(1, 0.83, "b" * 64, design_id=self.design.design_id),), **changes}
        )
        return ReadingRecord.objects.create(
            id=uuid.uuid4(),
            signal=signal,
            actor=actor or self.officer,
            read_at=now,
            outcome=value.outcome,
            reader=value.reader,
            value=value.model_dump(mode="json"),
        )

    def case(self, now: datetime = NOON, candidates: tuple[Candidate, ...] | None = None, **declared: str) -> Case:
        changes = {} if candidates is None else {"candidates": candidates}
        return open_case(reading=self.reading(now=now, **changes), actor=self.officer, now=now, **declared)


def begin_term(case: Case) -> CaseClock:
    """The holder was reached when the case became "notified": its term to request suspension runs."""
    rule = law_version(case.law_version).clock(clocks.REQUEST_CLOCK)
    clock = clocks.begin_clock(case, rule, case.state_since)
    Case.objects.filter(id=case.id).update(due_at=clock.due_at)
    case.due_at = clock.due_at
    return clock


def let_term_pass(case: Case) -> None:
    """The holder's term is over, and no officer had a hand in it."""
    for clock in clocks.running(case, clocks.REQUEST_CLOCK) or [begin_term(case)]:
        clocks.stop(clock, clocks.EXPIRED, clock.due_at)


def build_world() -> World:
    """Needs a database."""
    ensure_role_groups()
    site = Site.objects.create(code="ICN", name_ko="인천공항국제우편세관", name_en="Incheon mail customs")
    register_holder = Holder.objects.create(name="한빛용기 주식회사")
    design = Design.objects.create(
        design_id="30-0001",
        article="포장용 병",
        holder=register_holder,
        locarno_class="09-01",
        status="in force",
        recorded_with_customs=True,
    )
    holder = Party.objects.create(kind=Party.HOLDER, name="한빛용기", email="ip@hanbit.example", added_at=NOON)
    PartyHolder.objects.create(party=holder, holder=register_holder)
    importer = Party.objects.create(kind=Party.IMPORTER, name="도담상사", email="in@dodam.example", added_at=NOON)
    association = Party.objects.create(kind=Party.ASSOCIATION, name="감정협회", added_at=NOON)
    world = World(site, Account(), holder, importer, association, design)
    world.officer = world.account(Role.OFFICER, site=site)
    for party in (holder, importer):
        agrees(party)
    return world


def agrees(party: Party, now: datetime = NOON) -> None:
    """The party agreed to electronic service on paper."""
    ServiceConsent.objects.create(
        party=party, given=True, address=party.email, way=ServiceConsent.PAPER, said_on=now.date(), recorded_at=now
    )
