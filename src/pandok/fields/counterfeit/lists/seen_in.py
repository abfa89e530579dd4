"""In which context a person sees a photograph."""

from __future__ import annotations

from pandok.common.models import Account
from pandok.fields.counterfeit.lists.visible import cases_visible_to
from pandok.fields.designs.acts.readings import readings_visible_to
from pandok.fields.designs.models import SignalPhotograph


def context_of(account: Account, sha256: str) -> str | None:
    """In which context this person sees a photograph of a signal: the case, or the reading where there is no case.

    None where it is no photograph of a signal that this person may see (a view of the register, an own photograph
    that is not read yet).
    """
    signals = SignalPhotograph.objects.filter(sha256=sha256).values("signal_id")
    case = cases_visible_to(account).filter(signal_id__in=signals).order_by("-opened_at").values_list("id", flat=True)
    if found := case.first():
        return f"case:{found}"
    seen = readings_visible_to(account).filter(signal_id__in=signals).order_by("-read_at").values_list("id", flat=True)
    if found := seen.first():
        return f"reading:{found}"
    return None
