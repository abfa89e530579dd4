"""Who may read a notice, and that it was opened."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from pandok.common.audit import writing as audit
from pandok.common.models import Account, Party, PartyMember
from pandok.fields.counterfeit.acts.cases.case_moves import locked
from pandok.fields.counterfeit.acts.notices.content import NoticeContent
from pandok.fields.counterfeit.acts.notices.serving import opened
from pandok.fields.counterfeit.models import Notice, NoticeOpening
from pandok.fields.counterfeit.roles import Role
from pandok.fields.counterfeit.states import TOLD

PAGE, PDF = "page", "pdf"
ROLE_OF = {Party.HOLDER: Role.HOLDER, Party.IMPORTER: Role.IMPORTER, Party.ASSOCIATION: Role.APPRAISER}
PLACE_OF = {Party.HOLDER: "holder_id", Party.IMPORTER: "importer_id", Party.ASSOCIATION: "appraiser_id"}


def notices_for(account: Account) -> QuerySet[Notice]:
    """The notices to parties that a person acts for, in the role that fits."""
    kinds = [kind for kind, role in ROLE_OF.items() if account.is_active and role in account.roles]
    mine = PartyMember.objects.filter(account=account, party__active=True, party__kind__in=kinds)
    return Notice.objects.filter(party_id__in=mine.values("party_id"))


def concerns_still(notice: Notice) -> bool:
    """Whether the party is still the one that the case is about.

    Once a choice is withdrawn, the notice stays readable but shows no photograph and takes no answer.
    """
    case = notice.case
    if getattr(case, PLACE_OF[notice.party.kind]) != notice.party_id:
        return False
    withdrawn = Q(template="choice_withdrawn", party=notice.party, issued_at__gte=notice.issued_at)
    return not case.notices.filter(withdrawn).exists() and case.state in TOLD


def content_of(notice: Notice) -> NoticeContent:
    return NoticeContent.model_validate(notice.content)


def record_opening(*, notice: Notice, account: Account, what: str, now: datetime) -> bool:
    """Keep that a person of the party opened the page or the PDF, the first time each; False afterwards.

    A notice that had not reached its party yet is served with it.
    """
    with transaction.atomic():
        locked(notice.case_id)
        if NoticeOpening.objects.filter(notice=notice, account=account, what=what).exists():
            return False
        NoticeOpening.objects.create(notice=notice, account=account, at=now, what=what)
        audit.tell(
            account, "notice.opened", f"notice:{notice.id}", "", now, {"case": str(notice.case_id), "what": what}
        )
        opened(notice, now)
        return True
