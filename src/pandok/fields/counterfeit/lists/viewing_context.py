"""In which context a person sees a photograph."""

from __future__ import annotations

from pandok.common.models import Account
from pandok.fields.counterfeit.lists.visible import cases_visible_to
from pandok.fields.counterfeit.models import ConfirmedView
from pandok.fields.designs.acts.readings import readings_visible_to
from pandok.fields.designs.models import SignalPhotograph
from pandok.fields.designs.roles import Action


def context_of(account: Account, sha256: str) -> str | None:
    """In which context this person sees a photograph of a signal: the case, or the reading where there is no case.

    None where it is no photograph of a signal that this person may see (a view of the register, their own photograph
    that is not read yet).
    """
    signals = SignalPhotograph.objects.filter(sha256=sha256).values("signal_id")
    case = cases_visible_to(account).filter(signal_id__in=signals).order_by("-opened_at").values_list("id", flat=True)
    if found := case.first():
        return f"case:{found}"
    seen = readings_visible_to(account).filter(signal_id__in=signals).order_by("-read_at").values_list("id", flat=True)
    if found := seen.first():
        return f"reading:{found}"
    return confirmed_in(account, sha256)


def confirmed_in(account: Account, sha256: str) -> str | None:
    """The case that confirmed this photograph as a view of a design: seen by every officer whose reading rests on it,
    and by nobody outside customs. None where it is no such photograph, or not for this person."""
    if not account.may(Action.SEE_OWN_READINGS):
        return None
    case = ConfirmedView.objects.filter(view__sha256=sha256).values_list("case_id", flat=True).first()
    return f"case:{case}" if case else None


def confirmed_number(sha256: str) -> str:
    """The number of that case; "" where it is no confirmed photograph."""
    numbers = ConfirmedView.objects.filter(view__sha256=sha256).values_list("case__number", flat=True)
    return numbers.first() or ""
