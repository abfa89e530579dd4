"""Forms of a case: its steps, its papers, its officer and parties, confirmed photographs, and acts on many cases.

They carry labels, room and choices, and keep what was entered; what is wrong with it the use case says. Nothing is
chosen beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pandok.common.models import Account, Party
from pandok.common.parties.parties_admin import find_parties
from pandok.core.declaration import OF_CASE
from pandok.fields.counterfeit.acts.cases.as_seen import stamp
from pandok.fields.counterfeit.acts.cases.assigning import colleagues
from pandok.fields.counterfeit.acts.cases.documents import KINDS
from pandok.fields.counterfeit.acts.cases.offered_reasons import offered
from pandok.fields.counterfeit.acts.cases.officer_steps import Details
from pandok.fields.counterfeit.acts.cases.quick_reasons import reason_of
from pandok.fields.counterfeit.models import Case, CaseDocument
from pandok.fields.counterfeit.party_kinds import OF_CASE as PARTY_KINDS
from pandok.fields.counterfeit.steps import Step
from pandok.fields.counterfeit.web.capture_form import fields_of
from pandok.web.field_of import field_of
from pandok.web.page_language import language, say
from pandok.web.sent_fields import CHOOSE, Chosen, FormNumber, Keys, Ticked, Unseen, Written

COLLEAGUES_SHOWN = 200
MOST_DECLARED = 1000
PAPERS = ".pdf,.jpg,.jpeg,.png,.heic,.tif,.tiff"


class Phrases(forms.RadioSelect):
    """Everyday reasons. Each button is called by the number of its phrase, whichever others are offered."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return "" if index is None else f"{id_}-{index}"

    def format_value(self, value: Any) -> list[str]:
        return [] if value is None else [str(value)]

    def create_option(
        self, name: str, value: Any, label: Any, selected: bool, index: int, *rest: Any, **named: Any
    ) -> Any:
        del index
        called: Any = value or "own"  # an index of words, which Django takes as well
        return super().create_option(name, value, label, selected, called, *rest, **named)


class WhyForm(forms.Form):
    """Why: an everyday reason, own words, or both. `kind`: of which the everyday reasons are; `at`: where the form
    stands in the page, its kind unless several of a kind do."""

    drawn_by_page: tuple[str, ...] = ()
    """Fields whose choices the page shows with more than a word."""

    form = FormNumber()
    phrase = Chosen(widget=Phrases)
    reason = Written(_("Own words"), cut=True, rows=2)

    def __init__(
        self, kind: str, sent: QueryDict | None = None, *, case: Case | None = None, at: str = "", **kwargs: Any
    ):
        super().__init__(sent, **{"auto_id": f"%s-{at or kind}", **kwargs})
        self.kind = kind
        phrases = [(str(one.number), say(one.words)) for one in offered(kind, case)]
        offers = [*phrases, ("", _("Only in your own words"))] if phrases else []
        field_of(self, "phrase", Chosen).choices = offers

    def why(self) -> str:
        """Phrase and own words as one reason; after `meant`."""
        given = self.cleaned_data
        return reason_of(self.kind, given["phrase"], given["reason"], language())

    def number(self) -> UUID:
        found: UUID = self.cleaned_data["form"]
        return found

    def asked(self) -> list[forms.BoundField]:
        """What is asked for beside the reason."""
        return [one for one in self.visible_fields() if one.name not in ("phrase", "reason", *self.drawn_by_page)]


class CaseForm(WhyForm):
    """What is done with a case as somebody has seen it."""

    seen = Unseen()

    def __init__(self, kind: str, sent: QueryDict | None = None, *, case: Case, **kwargs: Any):
        super().__init__(kind, sent, case=case, **kwargs)
        self.fields["seen"].initial = stamp(case)


class StepForm(CaseForm):
    """A step of the loop, with what is chosen for it."""

    step = Unseen()

    def __init__(self, step: Step, sent: QueryDict | None = None, *, case: Case, **kwargs: Any):
        super().__init__(step.value, sent, case=case, **kwargs)
        self.fields["step"].initial = step.value
        if step is Step.CHOOSE:
            self.fields["design_id"] = Written(_("Number of the design"), room=100, cut=True, must=True)
        elif choice := step.means.choice:
            words = [(one.value, one.words) for one in choice.kind]
            self.fields[choice.name] = Chosen(say(choice.label), words)

    def details(self) -> Details:
        names = ("design_id", "finding", "disposition")
        return Details(**{name: self.cleaned_data.get(name, "") for name in names})


class CorrectionForm(CaseForm):
    """What was declared of the goods, put right."""

    def __init__(self, sent: QueryDict | None = None, *, case: Case):
        super().__init__("declared", sent, case=case, initial=vars(case))
        self.fields |= fields_of(OF_CASE)
        for one in OF_CASE:
            self.fields[one.name].widget.attrs["id"] = one.name

    def declared(self) -> dict[str, Any]:
        """As it was written: the use case brings it into its spelling, and refuses."""
        return {one.name: str(self.data.get(one.name, ""))[:MOST_DECLARED] for one in OF_CASE}


class OfficerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django names no kind as it runs
    """An officer, among those of the site. Whether a case may go to the one that was sent, the use case says."""

    def __init__(self, label: Any, *, must: bool):
        super().__init__(Account.objects.all(), label=label, required=must)

    def offer(self, asker: Account, *, none_first: bool) -> None:
        first = [("", say(CHOOSE))] if none_first else []
        shown = colleagues(asker)[:COLLEAGUES_SHOWN]
        self.choices = [*first, *((str(one.pk), one.shown_name) for one in shown)]


class HandOverForm(WhyForm):
    officer = OfficerField(_("Officer"), must=True)

    def __init__(self, sent: QueryDict | None = None, *, case: Case, asker: Account):
        super().__init__("assign", sent, case=case, initial={"officer": case.officer_id})
        field_of(self, "officer", OfficerField).offer(asker, none_first=False)


class PaperOfCaseForm(forms.Form):
    """A paper that customs adds."""

    kind = Chosen(_("Kind of paper"), KINDS.items())
    file = forms.FileField(
        label=_("File (PDF, JPEG, PNG, HEIC, TIFF, up to 20 MB)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"required": True, "accept": PAPERS}),
    )


class ShareForm(WhyForm):
    """Who may see a paper."""

    drawn_by_page = ("with",)

    def __init__(self, paper: CaseDocument, sent: QueryDict | None = None):
        initial = {"with": paper.shared_with}
        super().__init__("share", sent, case=paper.case, at=f"share_{paper.id}", initial=initial)
        shown = [(kind, say(words)) for kind, words in PARTY_KINDS.items()]
        self.fields["with"] = Ticked(_("May be seen by"), choices=shown)


def suit_form(paper: CaseDocument, sent: QueryDict | None = None) -> WhyForm:
    """The holder's proof of a suit is confirmed."""
    return WhyForm("suit", sent, case=paper.case, at=f"suit_{paper.id}")


class ConfirmViewForm(WhyForm):
    """A photograph of a closed case that later readings are to be compared with. `photograph`: from 1."""

    photograph = Unseen()
    design_id = Unseen()

    def __init__(self, number: str, sent: QueryDict | None = None, *, case: Case, design_id: str = ""):
        at = f"confirm_view_{number}"
        super().__init__("confirm_view", sent, case=case, at=at, initial={"photograph": number, "design_id": design_id})


def withdraw_view_form(number: str, sent: QueryDict | None = None, *, case: Case) -> WhyForm:
    return WhyForm("withdraw_view", sent, case=case, at=f"withdraw_view_{number}")


class PartyField(forms.ModelChoiceField):  # type: ignore[type-arg]  # as above
    """A party of one kind that may be named now."""

    def __init__(self, kind: str):
        super().__init__(find_parties(kind=kind, active_only=True))


class NamePartyForm(CaseForm):
    """Who the holder, the importer or the association of a case is."""

    drawn_by_page = ("party",)
    text = Unseen()
    notify = Unseen()

    def __init__(self, kind: str, sent: QueryDict | None = None, *, case: Case, **kwargs: Any):
        super().__init__("parties", sent, case=case, **kwargs)
        self.fields["party"] = PartyField(kind)


class DesignForm(forms.Form):
    """The design that is chosen with the notices, named by the address or by the form."""

    design_id = Written(room=100, cut=True)


class NotifyForm(WhyForm):
    """To whom the notices go. `design_id`: the design is chosen with it."""

    drawn_by_page = ("importer",)
    NOBODY = "none"

    def __init__(self, design_id: str, sent: QueryDict | None = None, **kwargs: Any):
        super().__init__("choose" if design_id else "notify", sent, at="notify", **kwargs)
        self.fields["design_id"] = Unseen(initial=design_id)
        self.fields["importer"] = ImporterField()


class ImporterField(PartyField):
    """An importer, or none of those that are known."""

    def __init__(self) -> None:
        super().__init__(Party.IMPORTER)
        self.required = False

    def clean(self, value: Any) -> Any:
        return super().clean("" if value == NotifyForm.NOBODY else value)


class ManyCasesForm(WhyForm):
    """Handing over or closing many cases at once. `act`: "assign", "close", or "" for both beside each other."""

    case = Keys()
    back = Unseen()

    def __init__(self, act: str, sent: QueryDict | None = None, *, asker: Account):
        super().__init__(act, sent, at="bulk", auto_id="bulk-%s")
        self.fields["reason"] = Written(_("Reason"), cut=True, list="bulk-reasons")
        officer = OfficerField(_("Hand over to"), must=act == "assign")
        officer.offer(asker, none_first=True)
        self.fields["officer"] = officer

    def everyday_reasons(self) -> Iterable[str]:
        return [say(one.words) for kind in ("assign", "close") for one in offered(kind, None)]


class FromReadingForm(WhyForm):
    """A case is opened from a reading: with nothing close, with a design, or only opened."""

    design_id = Unseen()

    def __init__(self, kind: str, sent: QueryDict | None = None, *, case: Case | None = None):
        super().__init__(kind, sent, case=case, at=kind.replace("_", "-"))
