"""Forms of lessons: the find and its name, previews, realism, retirement, cases, groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from pandok.common.reasons import MOST_REASON
from pandok.fields.academy.acts.bank.jobs import MOST_PICTURES
from pandok.fields.academy.acts.reviewing.retiring import MOST_AT_ONCE
from pandok.fields.academy.kinds import ArticleKind, Realism
from pandok.fields.academy.models import Course, Picture
from pandok.web.day_field import DayField
from pandok.web.page_language import say
from pandok.web.sent_fields import Chosen, Written

THREATS = [one for one in ArticleKind if one.threat]
MOST_NAME = 120


class FindForm(forms.Form):
    """`whole`: the scan itself, where the find cannot be cut out of it."""

    name_ko = Written(_("Name in Korean"), room=MOST_NAME, cut=True, must=True)
    name_en = Written(_("Name in English"), room=MOST_NAME, cut=True, must=True)
    article_kind = Chosen(_("Kind of the find"), [(one.value, one.words) for one in THREATS])
    lesson = Written(_("What to look for"), rows=2, cut=True)
    whole = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def kind(self) -> ArticleKind:
        """HARMLESS, which the act refuses, where none was chosen."""
        said = self.cleaned_data["article_kind"]
        return ArticleKind(said) if said in {one.value for one in THREATS} else ArticleKind.HARMLESS


class PreviewsForm(forms.Form):
    preview = forms.MultipleChoiceField(required=False, choices=[(str(one), "") for one in range(3)])

    def chosen(self) -> list[int]:
        return [int(one) for one in self.cleaned_data["preview"]]


class JudgingForm(forms.Form):
    """Of each picture whether it looks real, and what gave it away."""

    def __init__(self, *sent: Any, pictures: Iterable[Picture], **more: Any):
        super().__init__(*sent, **more)
        self.pictures = list(pictures)
        for at in range(len(self.pictures)):
            self.fields[f"said_{at}"] = forms.ChoiceField(
                required=False, choices=_realism, widget=forms.RadioSelect, label=_("Does it look real?")
            )
            self.fields[f"why_{at}"] = Written(_("What gave it away"), cut=True)

    def said(self) -> dict[UUID, tuple[Realism, str]]:
        found = {}
        for at, picture in enumerate(self.pictures):
            if word := self.cleaned_data.get(f"said_{at}"):
                found[picture.pk] = (Realism(word), str(self.cleaned_data[f"why_{at}"]))
        return found

    def rows(self) -> list[tuple[Picture, Any, Any]]:
        return [(one, self[f"said_{at}"], self[f"why_{at}"]) for at, one in enumerate(self.pictures)]


def _realism() -> list[tuple[str, str]]:
    return [(one.value, say(one.words)) for one in Realism]


class RealismForm(forms.Form):
    """`nonce`: of the image that was shown; an older form changes nothing."""

    said = forms.ChoiceField(choices=_realism, widget=forms.RadioSelect, label=_("Does it look real?"))
    why = Written(_("What gave it away"), rows=2, cut=True)
    nonce = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class SecondLookForm(forms.Form):
    """`look`: which button was pressed; whatever else was sent rejects nothing and accepts nothing by itself."""

    look = forms.ChoiceField(required=False, choices=[("accept", ""), ("reject", "")])
    reason = Written(_("Reason"), cut=True)

    def accepts(self) -> bool:
        return self.cleaned_data.get("look") == "accept"


class SetLooksForm(forms.Form):
    """Of each picture whether people may be measured with it. Named by picture: what somebody else has looked at
    meanwhile is not among them any more, and no answer moves to another picture."""

    def __init__(self, *sent: Any, pictures: Iterable[Picture], **more: Any):
        super().__init__(*sent, **more)
        self.pictures = list(pictures)
        for one in self.pictures:
            self.fields[f"said_{one.pk.hex}"] = forms.ChoiceField(
                required=False,
                choices=[("accept", _("Yes, accept it")), ("reject", _("No, reject it"))],
                widget=forms.RadioSelect,
                label=_("May people be measured with it?"),
            )
            self.fields[f"why_{one.pk.hex}"] = Written(_("Reason, if you reject it"), cut=True)

    def said(self) -> dict[UUID, tuple[bool, str]]:
        """What stands unanswered stays for the next page."""
        found = {}
        for one in self.pictures:
            if word := self.cleaned_data.get(f"said_{one.pk.hex}"):
                found[one.pk] = (word == "accept", str(self.cleaned_data[f"why_{one.pk.hex}"]))
        return found

    def rows(self) -> list[tuple[Picture, Any, Any]]:
        return [(one, self[f"said_{one.pk.hex}"], self[f"why_{one.pk.hex}"]) for one in self.pictures]


class FillForm(forms.Form):
    pictures = forms.IntegerField(label=_("Computed pictures in all"), min_value=2, max_value=MOST_PICTURES)


class OldestForm(forms.Form):
    count = forms.IntegerField(label=_("How many of the oldest pictures"), min_value=1, max_value=MOST_AT_ONCE)
    reason = Written(_("Reason"), must=True)


class CaseLessonForm(forms.Form):
    photograph = forms.IntegerField(required=False, min_value=0, max_value=1000, widget=forms.HiddenInput)
    note_ko = Written(_("What tells them apart, in Korean"), rows=2, cut=True)
    note_en = Written(_("What tells them apart, in English"), rows=2, cut=True)
    shows_nobody = forms.BooleanField(
        required=True, label=_("I looked: the photograph shows no name, address or label of anybody.")
    )


class ReleaseForm(forms.Form):
    shows_nobody = forms.BooleanField(
        required=True, label=_("I looked: the photograph shows no name, address or label of anybody.")
    )


class CaseAnswerForm(forms.Form):
    """`choice`: a key of the choices, or "none"."""

    choice = forms.CharField(max_length=20)
    confidence = forms.ChoiceField(required=False, choices=[(str(one), str(one)) for one in range(1, 6)])

    def chosen(self) -> int | None:
        """Raises ValueError for what is no key."""
        said = str(self.cleaned_data["choice"])
        return None if said == "none" else int(said)

    def sure(self) -> int | None:
        said = self.cleaned_data["confidence"]
        return int(said) if said else None


class GroupForm(forms.Form):
    name = Written(_("Name of the group"), room=MOST_NAME, cut=True, must=True)


class MemberForm(forms.Form):
    username = Written(_("Sign-in name"), room=150, cut=True, must=True)
    reason = Written(_("Reason"), must=True)


class AssignForm(forms.Form):
    course = forms.ModelChoiceField(queryset=Course.objects.filter(closed_at=None), label=_("Course"))
    due_on = DayField(label=_("Until day"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=_("Remark"), required=False, max_length=MOST_REASON)
