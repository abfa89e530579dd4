"""Who may see a picture: it belongs to a reading they may see, as photograph or as registered view."""

from __future__ import annotations

from pandok.common.models import Account
from pandok.fields.counterfeit.acts.guides import designs_visible_to
from pandok.fields.counterfeit.lists.viewing_context import confirmed_in
from pandok.fields.counterfeit.lists.visible import cases_of_customs
from pandok.fields.designs.acts.readings import readings_visible_to
from pandok.fields.designs.models import SignalPhotograph
from pandok.fields.designs.roles import Action
from pandok.fields.register.models import View


def may_see_picture(account: Account, sha256: str) -> bool:
    """Registered views are public to customs, a holder sees those of its own rights; photographs follow the readings of
    their signal, and the case in customs' hands; a confirmed photograph is for all of customs."""
    if not account.may(Action.SEE_OWN_READINGS):
        return View.objects.filter(sha256=sha256, design__in=designs_visible_to(account)).exists()
    if is_registered_view(sha256):
        return True
    shown = SignalPhotograph.objects.filter(sha256=sha256)
    return (
        confirmed_in(account, sha256) is not None
        or shown.filter(signal_id__in=readings_visible_to(account).values("signal_id")).exists()
        or cases_of_customs(account).filter(signal_id__in=shown.values("signal_id")).exists()
    )


def is_registered_view(sha256: str) -> bool:
    return View.objects.filter(sha256=sha256).exists()
