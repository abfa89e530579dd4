"""What people of the lab send with a press: votes, answers, keys, packs, models. The use case says what is wrong."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pandok.web.sent_fields import FormNumber, Keys, ReasonForm, Unseen, Written

MOST_TRIAL_REASON = 1000


class ExportVoteForm(ReasonForm):
    """A checker's vote on an export. `sums`: of the files as they were looked at."""

    choice = Unseen()
    sums = Unseen()
    models = forms.BooleanField(required=False)
    findings = forms.BooleanField(required=False)


class AcceptanceForm(ReasonForm):
    """Another site's proof is tested here under one of the own registrations."""

    registration = Unseen()


class AcceptanceAnswerForm(ReasonForm):
    answer = Unseen()


class KeyForm(ReasonForm):
    """Another site's key, as a file or as its line."""

    line = Written()
    site = Written()


class ProvenForm(forms.Form):
    """What a proof is made of: a run, or a trial."""

    run = Unseen()


class PackForm(ReasonForm):
    """A problem as a zip. `terms`: the deposit and the project under which it is sealed."""

    terms = Unseen()


class ModelForm(forms.Form):
    """A model for a problem. `upload_key`: the number by which the upload counts once."""

    pack = Unseen()
    upload_key = FormNumber()


class TrialMoveForm(ReasonForm):
    to = Unseen()
    reason = Written(_("Reason"), room=MOST_TRIAL_REASON, cut=True, must=True)


class ReadingAnswerForm(forms.Form):
    """What an officer of an assisted trial takes a case to be."""

    design = Unseen()


class VaultObjectsForm(ReasonForm):
    """A deposit is proposed for deletion, or those of its objects that are ticked."""

    object = Keys()
