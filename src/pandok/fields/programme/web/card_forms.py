"""What is sent of a firm's card."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pandok.fields.programme.acts.community.firm_cards import CARD
from pandok.fields.programme.models import FirmCard
from pandok.web.sent_fields import Written


class CardForm(forms.Form):
    text_ko = Written(_("About the firm in Korean, in its own words"), room=CARD, rows=4)
    text_en = Written(_("About the firm in English, in its own words"), room=CARD, rows=4)

    @classmethod
    def of(cls, card: FirmCard | None) -> CardForm:
        return cls(initial={name: getattr(card, name) for name in cls.base_fields} if card else None)


class PublishCardForm(forms.Form):
    knows = forms.BooleanField(
        label=_("The firm agrees that everybody sees this, also what was not proven or was withdrawn"), required=False
    )
