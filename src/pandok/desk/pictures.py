"""Who may see a picture: it belongs to a reading they may see, as photograph or as registered view."""

from __future__ import annotations

from pandok.desk.models import Account, SignalPhotograph
from pandok.desk.readings import readings_visible_to
from pandok.desk.roles import Action
from pandok.register.models import View


def may_see_picture(account: Account, sha256: str) -> bool:
    """Registered views are public; photographs follow the readings of their signal."""
    if not account.may(Action.SEE_OWN_READINGS):
        return False
    if View.objects.filter(sha256=sha256).exists():
        return True
    visible = readings_visible_to(account).values("signal_id")
    return SignalPhotograph.objects.filter(sha256=sha256, signal_id__in=visible).exists()
