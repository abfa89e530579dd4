"""In which context a person may see a photograph: as customs, or because a notice that still holds shows it."""

from __future__ import annotations

from pandok.common.models import Account
from pandok.fields.counterfeit.acts.notices.access import concerns_still, content_of, notices_for
from pandok.fields.counterfeit.lists.viewing_context import confirmed_in
from pandok.fields.counterfeit.lists.visible import cases_of_customs
from pandok.fields.counterfeit.roles import Action
from pandok.fields.designs.acts.readings import readings_visible_to
from pandok.fields.designs.models import SignalPhotograph


def shown_in(account: Account, sha256: str) -> str | None:
    """ "case:…", "reading:…" or "notice:…"; None where this person may not see the photograph."""
    signals = SignalPhotograph.objects.filter(sha256=sha256).values("signal_id")
    cases = cases_of_customs(account).filter(signal_id__in=signals).order_by("-opened_at")
    if (case := cases.values_list("id", flat=True).first()) is not None:
        return f"case:{case}"
    readings = readings_visible_to(account).filter(signal_id__in=signals).order_by("-read_at")
    if (reading := readings.values_list("id", flat=True).first()) is not None:
        return f"reading:{reading}"
    if (confirmed := confirmed_in(account, sha256)) is not None:
        return confirmed
    if not account.may(Action.SEE_TOLD_CASES):
        return None
    for notice in notices_for(account).filter(case__signal_id__in=signals).select_related("case", "party"):
        if sha256 in content_of(notice).pictures() and concerns_still(notice):
            return f"notice:{notice.id}"
    return None
