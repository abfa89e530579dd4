"""Forms of the academy: a sitting begins, what is said of a picture, how sure that is; courses."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from pandok.common.reasons import MOST_REASON
from pandok.fields.academy.kinds import Said, SittingMode
from pandok.fields.xray.web.forms import JsonList
from pandok.web.page_language import say
from pandok.web.sent_fields import Written


def _modes() -> list[tuple[str, str]]:
    return [(one.value, say(one.words)) for one in SittingMode]


class BeginForm(forms.Form):
    course = forms.UUIDField()
    mode = forms.ChoiceField(choices=_modes)

    def chosen(self) -> SittingMode:
        return SittingMode(self.cleaned_data["mode"])


class StepForm(forms.Form):
    """`number`: of the picture that is meant. `within_page`: a script puts what comes into the page; `held`: views that
    it fetched ahead, sealed."""

    number = forms.IntegerField(min_value=1, max_value=1_000_000)
    within_page = forms.BooleanField(required=False, widget=forms.HiddenInput)
    held = JsonList()

    def held_views(self) -> frozenset[int]:
        return frozenset(one for one in self.cleaned_data["held"] if isinstance(one, int))


class SayForm(StepForm):
    """`pressed`: of `pandok.fields.academy.web.pressed`, from the page that gave the answer back."""

    pressed = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[(one.value, one.value) for one in Said])
    marks = JsonList()
    functions = JsonList()

    def said(self) -> Said:
        return Said(self.cleaned_data["decision"])

    def used(self) -> list[str]:
        return [one for one in self.cleaned_data["functions"] if isinstance(one, str)]


class ConfidenceForm(StepForm):
    confidence = forms.IntegerField(min_value=1, max_value=5)


class WithinForm(forms.Form):
    """Pause, go on, end: what a script sends beside."""

    within_page = forms.BooleanField(required=False, widget=forms.HiddenInput)


class CourseForm(forms.Form):
    title_ko = forms.CharField(label=_("Title in Korean"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120)
    seconds = forms.IntegerField(label=_("Seconds a picture stands"), min_value=3, max_value=60, initial=10)
    minutes = forms.IntegerField(label=_("Minutes of a sitting"), min_value=5, max_value=60, initial=20)
    threat_share = forms.FloatField(label=_("Share of threats"), min_value=0.2, max_value=0.8, initial=0.5)
    test_pictures = forms.IntegerField(label=_("Pictures of a test"), min_value=20, max_value=400, initial=120)
    pass_d_a = forms.FloatField(
        label=_("Lower bound of d_a for a certificate"),
        min_value=0,
        max_value=5,
        required=False,
        help_text=_("Empty: the course gives no certificate."),
    )
    valid_months = forms.IntegerField(label=_("Months that a certificate holds"), min_value=1, max_value=60, initial=12)


class CloseForm(forms.Form):
    reason = Written(_("Reason"), room=MOST_REASON)
