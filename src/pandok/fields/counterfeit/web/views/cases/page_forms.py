"""The forms that stand on the page of a case for somebody; one of them may hold what was sent and refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import QueryDict

from pandok.common.models import Account
from pandok.common.parties.electronic import consent_of
from pandok.fields.counterfeit.acts.cases.assigning import colleagues
from pandok.fields.counterfeit.acts.cases.clocks import SUIT_CLOCK, running
from pandok.fields.counterfeit.acts.cases.officer_steps import steps_for
from pandok.fields.counterfeit.acts.notices.consenting import PLACES
from pandok.fields.counterfeit.lists.services import first_that_holds
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case, CaseDocument, Notice
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.counterfeit.steps import Step
from pandok.fields.counterfeit.web.case_forms import (
    ConfirmViewForm,
    CorrectionForm,
    HandOverForm,
    PaperOfCaseForm,
    ShareForm,
    StepForm,
    WhyForm,
    suit_form,
    withdraw_view_form,
)
from pandok.fields.counterfeit.web.office_forms import ConsentForm, ServiceForm
from pandok.fields.counterfeit.web.shown.confirmed_views import ShownConfirming


@dataclass(frozen=True)
class PageForms:
    """Each by what stands on the page; a form that this person may not send now is None, or not there."""

    steps: dict[Step, StepForm]
    choose: StepForm | None
    declared: CorrectionForm | None
    document: PaperOfCaseForm | None
    hand_over: HandOverForm | None
    appraisal: WhyForm | None
    shares: dict[UUID, ShareForm]
    """By the paper."""
    suits: dict[UUID, WhyForm]
    services: dict[UUID, ServiceForm]
    """By the notice."""
    consents: dict[str, ConsentForm]
    """By the place of the party."""
    views: dict[str, WhyForm]
    """By the number of the photograph: added, or taken back."""

    def again(self) -> bool:
        """Whether the form that was sent still stands on the page, so that its error can stand in it."""
        return any(one.is_bound for one in self._all())

    def _all(self) -> Iterator[forms.Form]:
        single = (self.choose, self.declared, self.document, self.hand_over, self.appraisal)
        yield from (one for one in single if one is not None)
        for several in (self.steps, self.shares, self.suits, self.services, self.consents, self.views):
            yield from several.values()


@dataclass(frozen=True)
class Sent:
    """Which form was sent and refused, and what was entered; "" where none was."""

    name: str
    data: QueryDict

    def to(self, name: str) -> QueryDict | None:
        return self.data if name == self.name else None


def page_forms(
    case: Case,
    account: Account,
    sent: Sent,
    *,
    papers: list[CaseDocument],
    notices: list[Notice],
    confirming: ShownConfirming | None,
) -> PageForms:
    """`papers`, `notices`: those that the page lists."""
    works = Turn.OFFICER in turns_in(account, case)
    state, steps = State(case.state), steps_for(account, case)
    papers = papers if works else []
    in_suit = [one for one in papers if one.kind == "suit"] if running(case, SUIT_CLOCK) else []
    asks = works and state.means.may_ask_appraisal and case.turn != Turn.APPRAISER.value and case.appraiser is not None
    hands_over = works and not state.means.over and colleagues(account).exists()
    return PageForms(
        steps={one: StepForm(one, sent.to(one.value), case=case) for one in steps if one is not Step.CHOOSE},
        choose=StepForm(Step.CHOOSE, sent.to("choose"), case=case) if Step.CHOOSE in steps and case.reading else None,
        declared=CorrectionForm(sent.to("declared"), case=case) if works else None,
        document=PaperOfCaseForm(sent.to("document"), auto_id="document-%s") if works else None,
        hand_over=HandOverForm(sent.to("assign"), case=case, asker=account) if hands_over else None,
        appraisal=WhyForm("ask_appraisal", sent.to("ask_appraisal"), case=case) if asks else None,
        shares={one.id: ShareForm(one, sent.to(f"share_{one.id}")) for one in papers},
        suits={one.id: suit_form(one, sent.to(f"suit_{one.id}")) for one in in_suit},
        services={
            one.id: service_form(one.id, sent.to(f"service_{one.id}"))
            for one in notices
            if works and first_that_holds(list(one.services.all())) is None
        },
        consents={
            place: consent_form(case, place, sent.to(f"electronic_{place}"))
            for place in PLACES
            if works and getattr(case, place) is not None
        },
        views=_views(case, sent, confirming) if works and confirming is not None else {},
    )


def service_form(notice_id: UUID, sent: QueryDict | None = None) -> ServiceForm:
    return ServiceForm(sent, auto_id=f"%s-{notice_id}")


def consent_form(case: Case, place: str, sent: QueryDict | None = None) -> ConsentForm:
    """Records on paper the opposite of what the party of this place says now."""
    agrees = consent_of(getattr(case, place)) is None
    return ConsentForm(sent, initial={"agrees": "yes" if agrees else "no"}, auto_id=f"electronic-%s-{place}")


def _views(case: Case, sent: Sent, confirming: ShownConfirming) -> dict[str, WhyForm]:
    found: dict[str, WhyForm] = {}
    for row in confirming.photographs:
        if row.standing:
            found[row.key] = withdraw_view_form(row.key, sent.to(f"withdraw_view_{row.key}"), case=case)
        elif row.there:
            data, design_id = sent.to(f"confirm_view_{row.key}"), confirming.design.design_id
            found[row.key] = ConfirmViewForm(row.key, data, case=case, design_id=design_id)
    return found
