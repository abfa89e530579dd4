"""What the control room sends."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pandok.core.text import Text
from pandok.core.whole_number import whole_number
from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.orders import COLOURS, MOST_SIGN, DeviceKind
from pandok.fields.street.states import Cause
from pandok.web.sent_fields import Chosen, Unseen, Written


class DecisionForm(forms.Form):
    what = Unseen()
    step = Unseen()
    cause = Chosen(_("Cause"), [(one.value, one.words) for one in Cause])
    reason = Written(_("Reason"))
    into = Written(_("Merge into (number of the alert)"), room=32)


class PeriodForm(forms.Form):
    first = Written(_("First day"), room=10, type="date")
    last = Written(_("Until day"), room=10, type="date")


class OutsideRecordForm(forms.Form):
    hazard = Chosen(_("Kind of hazard"), [(one.value, one.words) for one in HazardKind])
    test_bed = Written(_("Test bed (where no pole is named)"), room=20)
    pole = Written(_("Pole"), room=40)
    began_at = Written(_("Began at"), room=25, must=True, type="datetime-local")
    ended_at = Written(_("Ended at"), room=25, type="datetime-local")
    source = Written(_("Who recorded it"), room=200, must=True)
    source_key = Written(_("Its number there"), room=100)


class TableForm(forms.Form):
    table = forms.FileField(label=_("CSV file"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))


class WithdrawForm(forms.Form):
    reason = Written(_("Reason"), must=True, id=False)


_ACTS = {
    "lamp": Text(ko="등 색과 밝기", en="Lamp: colour and brightness"),
    "sign": Text(ko="전광판 문구", en="Sign: text"),
    "siren-on": Text(ko="사이렌 울림 (두 사람)", en="Siren: sounds (two officers)"),
    "siren-off": Text(ko="사이렌 끔", en="Siren: off"),
    "barrier-closed": Text(ko="차단기 내림 (두 사람)", en="Barrier: closed (two officers)"),
    "barrier-open": Text(ko="차단기 올림 (두 사람)", en="Barrier: open (two officers)"),
}


class OrderForm(forms.Form):
    act = Chosen(_("Order"), list(_ACTS.items()))
    colour = Chosen(_("Colour of the lamp"), list(COLOURS.items()), widget=forms.Select)
    dim_pct = Written(_("Brightness of the lamp (%)"), room=3, inputmode="numeric")
    text = Written(_("Text on the sign"), room=MOST_SIGN)
    hold_min = Written(_("Stands for (minutes; siren 10 at most)"), room=4, inputmode="numeric")
    alert = Unseen()
    reason = Written(_("Reason"), must=True)

    def said(self) -> dict[str, object]:
        """As the use case reads it; what cannot be understood is no order there."""
        sent = self.cleaned_data
        kind, _sep, way = sent["act"].partition("-")
        match kind:
            case DeviceKind.LAMP:
                dim = whole_number(sent["dim_pct"] or "100")
                return {"device": kind, "colour": sent["colour"], "dim_pct": -1 if dim is None else dim}
            case DeviceKind.SIGN:
                return {"device": kind, "text": sent["text"]}
            case DeviceKind.SIREN:
                return {"device": kind, "sounds": way == "on"}
            case DeviceKind.BARRIER:
                return {"device": kind, "closed": way == "closed"}
        return {}

    def hold_s(self) -> int:
        """0, which no order stands for, where it is no number."""
        return 60 * (whole_number(self.cleaned_data["hold_min"], most=9999) or 0)


class CommandDecisionForm(forms.Form):
    what = Unseen()
    reason = Written(_("Reason"))


class MomentForm(forms.Form):
    """A moment of the past: `day` as 2026-07-01, `minute` of it."""

    day = Written(room=10, cut=True)
    minute = Written(room=4, cut=True)
