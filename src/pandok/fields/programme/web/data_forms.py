"""What is sent of a data set, of its plan, and of files that are to be looked through."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pandok.fields.programme.acts.data_sets.keeping import ROOM, DataSetSaid
from pandok.fields.programme.models import DataSet
from pandok.fields.programme.topics import KoreanRegion
from pandok.web.sent_fields import Chosen, Written

_PLAN_ROOM = 200_000


class DataSetForm(forms.Form):
    title = Written(pgettext_lazy("data set", "Title"), room=ROOM["title"], must=True)
    purpose = Written(pgettext_lazy("data set", "What it is for"), rows=3, must=True)
    licence = Written(pgettext_lazy("data set", "Licence or terms of use"), room=ROOM["licence"], must=True)
    owner_body = Written(pgettext_lazy("data set", "Owner: the body"), room=ROOM["owner_body"], must=True)
    region = Chosen(pgettext_lazy("data set", "Region"), [(one.value, one.words) for one in KoreanRegion])
    source = Written(pgettext_lazy("data set", "Where its data come from"), room=ROOM["source"])
    agreement = Written(pgettext_lazy("data set", "Number of its agreement, if any"), room=20, autocomplete="off")
    deposit = Written(pgettext_lazy("data set", "Key of its deposit in the lab, if any"), room=40, autocomplete="off")

    def said(self) -> DataSetSaid:
        return DataSetSaid(**{name: self.cleaned_data[name] for name in DataSetForm.base_fields})

    @classmethod
    def of(cls, found: DataSet) -> dict[str, str]:
        plain = {
            name: getattr(found, name) for name in ("title", "purpose", "licence", "owner_body", "region", "source")
        }
        return plain | {
            "agreement": found.agreement.number if found.agreement else "",
            "deposit": str(found.deposit_id or ""),
        }


class NewDataSetForm(DataSetForm):
    plan = Written(_("Plan of its columns and targets (JSON)"), room=_PLAN_ROOM, rows=10, must=True, spellcheck="false")


class RewordDataSetForm(DataSetForm):
    reason = Written(_("Reason"), must=True)


class VersionForm(forms.Form):
    plan = Written(_("Plan of its columns and targets (JSON)"), room=_PLAN_ROOM, rows=10, must=True, spellcheck="false")
    note = Written(_("What changed"), must=True)


class LookThroughForm(forms.Form):
    """The file itself is read from the request."""

    table = Written(_("Name of the table, where there are several"), room=300, autocomplete="off")


class DataFilterForm(forms.Form):
    words = Written(room=100, cut=True)
    state = Written(room=20, cut=True)
    region = Written(room=20, cut=True)
