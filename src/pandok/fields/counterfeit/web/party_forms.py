"""What parties send: answers, requests, statements, papers, appraisals, guides. Every form carries a nonce."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pandok.common.models import Party
from pandok.fields.counterfeit.acts.answering.holder import LONGEST_REASON, MOST_VALUE_KRW
from pandok.fields.counterfeit.acts.answering.papers import kinds_for
from pandok.fields.counterfeit.acts.guides import LONGEST_TEXT, LONGEST_TITLE, rights_of
from pandok.fields.counterfeit.outcomes import Answer, Finding
from pandok.fields.counterfeit.states import Turn
from pandok.web.field_of import field_of
from pandok.web.page_language import choices, say
from pandok.web.sent_fields import Ticked, Unseen, Written

PAPERS = "application/pdf,image/jpeg,image/png,image/heic,image/tiff,.pdf,.jpg,.jpeg,.png,.heic,.tif,.tiff"
MOST_RIGHTS_LISTED = 500


def fresh_nonce() -> str:
    return uuid.uuid4().hex


class PressedOnce(forms.Form):
    """A form that does one thing for one press of its button, however often it arrives."""

    nonce = forms.CharField(max_length=32, initial=fresh_nonce, widget=forms.HiddenInput)


class ElectronicForm(PressedOnce):
    """One agrees to electronic service, or takes that back."""

    agrees = Unseen()


def _reason(label: Any) -> forms.CharField:
    # The use case says when a text is too long: cutting it off here would lose what was written.
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_REASON}))


class AnswerForm(PressedOnce):
    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        choices=choices(Answer),
        error_messages={"required": _("Choose one of the answers.")},
    )
    reason = _reason(_("Reason"))


class SuspensionForm(PressedOnce):
    value_krw = forms.IntegerField(
        label=_("Value of the goods in won"),
        min_value=1,
        max_value=MOST_VALUE_KRW,
        localize=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    undertakes = forms.BooleanField(required=False)
    reason = _reason(_("Reason"))


class NoRequestForm(PressedOnce):
    reason = _reason(_("Reason"))


class StatementForm(PressedOnce):
    text = _reason(_("Your statement"))
    asks_release = forms.BooleanField(required=False)


class PaperForm(PressedOnce):
    kind = forms.ChoiceField(label=_("Kind of paper"))
    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": PAPERS}), max_length=1000)

    def __init__(self, *args: Any, turn: Turn, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field_of(self, "kind", forms.ChoiceField).choices = [(kind, say(words)) for kind, words in kinds_for(turn)]


class AppraisalForm(PressedOnce):
    finding = forms.ChoiceField(
        label=_("Finding"),
        widget=forms.RadioSelect,
        choices=choices(Finding),
        error_messages={"required": _("Choose a finding.")},
    )
    reason = _reason(_("Grounds"))
    file = forms.FileField(
        label=_("Appraisal document"), widget=forms.FileInput(attrs={"accept": PAPERS}), max_length=1000
    )


class LinkForm(forms.Form):
    """What whoever opens a link must know."""

    answer = Written(room=100, cut=True)


class GuideForm(forms.Form):
    party = forms.ChoiceField(label=_("Right holder"))
    design_id = forms.CharField(
        label=_("Registered design"),
        required=False,
        max_length=100,
        help_text=_("Number of the design. Empty: for all your rights."),
    )
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=_("How to recognise your goods"), widget=forms.Textarea(attrs={"rows": 10, "maxlength": LONGEST_TEXT})
    )

    keep = Ticked(_("Pictures that stay"))

    def __init__(self, *args: Any, parties: list[Party], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field_of(self, "party", forms.ChoiceField).choices = [(str(party.id), party.name) for party in parties]

    def listed_rights(self, parties: list[Party]) -> list[str]:
        """Numbers that the browser offers while one types."""
        found: list[str] = []
        for party in parties:
            found += list(rights_of(party).values_list("design_id", flat=True)[: MOST_RIGHTS_LISTED - len(found)])
        return found
