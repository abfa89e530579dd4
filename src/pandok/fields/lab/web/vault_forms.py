"""What a data steward enters: terms of a deposit, files, grants, reasons."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from pandok.common.declared import role_named, roles
from pandok.common.models import Account
from pandok.common.reasons import MOST_REASON
from pandok.core.lab.deposit_terms import DepositTerms
from pandok.core.terms.office_days import day_begins, day_is_over
from pandok.fields.lab.acts.vault.granting import LONGEST_DAYS
from pandok.fields.lab.models import Deposit, LabProject
from pandok.web.day_field import DayField
from pandok.web.field_of import field_of

_DAY = forms.DateInput(attrs={"type": "date"})
_AREA = forms.Textarea(attrs={"rows": 3})


class DepositForm(forms.Form):
    name = forms.CharField(label=_("Name of the deposit"), min_length=2, max_length=200)
    owner = forms.CharField(label=_("Owner of the data"), min_length=2, max_length=200)
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=300, min_length=2, help_text=_("Law and article, or the agreement.")
    )
    purpose = forms.CharField(label=_("Purpose"), widget=_AREA, min_length=5, max_length=2000)
    licence = forms.CharField(label=_("Licence"), min_length=2, max_length=200)
    source = forms.CharField(label=_("Where the data come from"), max_length=300, required=False)
    description = forms.CharField(label=_("Description"), widget=_AREA, max_length=5000, required=False)
    projects = forms.ModelMultipleChoiceField(
        label=_("Projects that it may be granted to"),
        queryset=LabProject.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    new_project = forms.CharField(label=_("Or a new project"), max_length=200, required=False)
    expires_on = DayField(
        label=_("Open until the end of"), widget=_DAY, help_text=_("Access closes by itself on this day.")
    )
    keep_keys_days = forms.IntegerField(
        label=_("Days until the key is destroyed after that"), min_value=0, max_value=365, initial=30
    )

    def clean(self) -> dict[str, Any]:
        entered = super().clean() or {}
        if not self.errors:
            try:
                self.terms()
            except ValidationError as error:
                for one in error.errors():
                    name = str(one["loc"][0]) if one["loc"] else ""
                    self.add_error(name if name in self.fields else None, _("This entry does not fit."))
            if not (entered["projects"] or entered["new_project"].strip()):
                self.add_error("projects", _("Choose a project, or name a new one."))
        return entered

    def terms(self) -> DepositTerms:
        entered = self.cleaned_data
        plain = {name: entered[name] for name in DepositTerms.model_fields if name in entered}
        return DepositTerms(expires_at=end_of(entered["expires_on"]), **plain)


class FilesForm(forms.Form):
    upload = forms.FileField(
        label=_("Files"),
        help_text=_("One file: a zip, a CSV, a picture, a text. It is sealed at once and never stored unencrypted."),
    )


class GrantForm(forms.Form):
    project = forms.ModelChoiceField(label=_("Project"), queryset=LabProject.objects.none())
    purpose = forms.CharField(label=_("Purpose of use"), widget=_AREA, min_length=5, max_length=2000)
    people = forms.CharField(label=_("User names"), max_length=500, required=False, help_text=_("Separated by commas."))
    role = forms.ChoiceField(label=_("Or everybody with the role"), required=False)
    runner = forms.BooleanField(label=_("The lab's sealed runs (nobody sees the data)"), required=False)
    starts_on = DayField(label=_("From"), widget=_DAY)
    ends_on = DayField(label=_("Until the end of"), widget=_DAY)
    reason = forms.CharField(label=_("Reason"), max_length=MOST_REASON)

    def __init__(self, *arguments: Any, deposit: Deposit, **options: Any):
        super().__init__(*arguments, **options)
        field_of(self, "project", forms.ModelChoiceField).queryset = deposit.projects.all()
        field_of(self, "role", forms.ChoiceField).choices = [
            ("", "–"),
            *((role.value, role.title.in_language(get_language() or "ko")) for role in roles()),
        ]
        self.fields["ends_on"].help_text = str(_("For persons at most %(days)d days.")) % {"days": LONGEST_DAYS}

    def clean_people(self) -> list[Account]:
        names = [one.strip() for one in self.cleaned_data["people"].split(",") if one.strip()]
        found = {one.get_username(): one for one in Account.objects.filter(username__in=names)}
        if missing := [name for name in names if name not in found]:
            raise forms.ValidationError(_("There is no account %(names)s."), params={"names": ", ".join(missing)})
        return list(found.values())

    def asked(self) -> dict[str, Any]:
        entered = self.cleaned_data
        return {
            "project": entered["project"],
            "purpose": entered["purpose"],
            "people": entered["people"],
            "role": role_named(entered["role"]) if entered["role"] else None,
            "runner": entered["runner"],
            "starts_at": day_begins(entered["starts_on"]),
            "ends_at": end_of(entered["ends_on"]),
            "reason": entered["reason"],
        }


class QuestionForm(forms.Form):
    record = forms.CharField(label=_("Record id, or sha256 of a file"), max_length=300, required=False)
    upload = forms.FileField(
        label=_("Or the file itself"), required=False, help_text=_("It is only compared, not kept.")
    )


def end_of(day: Any) -> datetime:
    """The first instant after a day in the office's zone."""
    return day_is_over(day)
