"""What is sent of certificates of trials."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pandok.fields.programme.certificate_states import CertificateKind
from pandok.fields.programme.use_states import UseState
from pandok.web.sent_fields import Chosen, ReasonForm, Written


class CertifyForm(forms.Form):
    kind = Chosen(_("Kind of certificate"), [(one.value, one.words) for one in CertificateKind])


class UseForm(ReasonForm):
    use = Chosen(_("Is it used today?"), [(one.value, one.words) for one in UseState])
    field_order = ("use", "reason")


class VerifyForm(forms.Form):
    """What stands on a certificate that somebody holds in hand."""

    number = Written(_("Number of the certificate"), room=40, cut=True, must=True, autocomplete="off")
    code = Written(_("Code on the certificate"), room=60, cut=True, must=True, autocomplete="off", spellcheck="false")
