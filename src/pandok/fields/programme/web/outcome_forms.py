"""What is sent of an outcome, and of the check of one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pandok.fields.programme.outcome_kinds import OutcomeKind
from pandok.web.sent_fields import Chosen, ReasonForm, Unseen, Written


class OutcomeForm(forms.Form):
    kind = Chosen(_("Kind of outcome"), [(one.value, one.words) for one in OutcomeKind])
    title = Written(pgettext_lazy("outcome", "Title"), room=300, must=True)
    registration = Written(_("Number of application or registration, DOI"), room=100, autocomplete="off")
    happened_on = Written(_("Day on which it happened"), room=10, must=True, type="date")
    figure = Written(_("Figure (money in KRW, people in persons)"), room=20, inputmode="decimal")
    share_percent = Written(_("Share owed to this agreement, in percent"), room=6, must=True, inputmode="decimal")
    source = Written(_("Where it can be looked up"), room=300, must=True)
    owner = Written(_("Who owns it"), room=200, must=True)
    maker = Written(_("Who made it"), room=200, must=True)
    licence = Written(_("Who may use it, and how"), room=200)
    state_right = Written(_("What the state may do with it"), room=200)
    territory = Written(_("Where that holds"), room=100)
    expires_on = Written(_("Day on which it expires (or empty)"), room=10, type="date")


class OutcomeCheckForm(ReasonForm):
    holds = Unseen()
