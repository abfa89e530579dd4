"""Who the holder, the importer and the appraising association of a case are: found by name, named with a reason."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common.models import Party
from pandok.common.parties.parties_admin import find_parties
from pandok.common.reasons import given_words
from pandok.common.records.forms_once import take_form
from pandok.common.roles import Action as CommonAction
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.as_seen import check_unchanged
from pandok.fields.counterfeit.acts.cases.case_moves import locked
from pandok.fields.counterfeit.acts.cases.deciding import name_parties
from pandok.fields.counterfeit.acts.cases.refusals import not_yours
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import Turn
from pandok.fields.counterfeit.web.case_forms import NamePartyForm
from pandok.fields.counterfeit.web.views.cases.case_requests import customs_case, language_of_page
from pandok.fields.counterfeit.web.views.cases.page import refused
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import render

PLACES: dict[str, tuple[str, Text]] = {
    "holder": (Party.HOLDER, Text(ko="권리자", en="Right holder")),
    "importer": (Party.IMPORTER, Text(ko="수입자", en="Importer")),
    "appraiser": (Party.ASSOCIATION, Text(ko="감정 단체", en="Appraising association")),
}
_BUTTONS: dict[str, Text] = {
    "holder": Text(ko="권리자로 지정", en="Name as holder"),
    "importer": Text(ko="수입자로 지정", en="Name as importer"),
    "appraiser": Text(ko="감정 단체로 지정", en="Name as appraising association"),
}
PARTIES_SHOWN = 30


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.WORK_CASES)
def name_party(request: AccountRequest, case_id: UUID, place: str) -> HttpResponse:
    """Without a choice: the search. With one: named, and back to the case."""
    if place not in PLACES:
        raise Http404
    case = customs_case(request, case_id)
    if request.method != "POST":
        return _search(request, case, place)
    form = meant(NamePartyForm(PLACES[place][0], request.POST, case=case))
    try:
        _name(request, case, place, form)
    except PandokError as error:
        if error.error_code == "case.moved":
            return refused(request, case_id, error, "parties")
        return _search(request, case, place, error, form)
    return redirect("case_notify" if form.cleaned_data["notify"] else "case", case_id=case_id)


def _name(request: AccountRequest, case: Case, place: str, form: NamePartyForm) -> None:
    now = timezone.now()
    with transaction.atomic():
        case = locked(case.id)
        if Turn.OFFICER not in turns_in(request.user, case):
            raise not_yours()
        if not take_form(form.number(), request.user, now):
            return
        check_unchanged(case, form.cleaned_data["seen"])
        reason = given_words(form.why())
        name_parties(case=case, actor=request.user, now=now, reason=reason, **{place: form.cleaned_data["party"]})


def _search(
    request: AccountRequest,
    case: Case,
    place: str,
    error: PandokError | None = None,
    sent: NamePartyForm | None = None,
) -> HttpResponse:
    kind, title = PLACES[place]
    text = (sent.cleaned_data["text"] if sent else request.GET.get("text", "")).replace("\x00", "")[:200]
    if not text and place == "holder" and case.design and case.design.holder:
        text = case.design.holder.name if request.method == "GET" and "text" not in request.GET else text
    notify = bool(sent.cleaned_data["notify"]) if sent else "notify" in request.GET
    found = list(find_parties(text=text, kind=kind, active_only=True)[: PARTIES_SHOWN + 1])
    only = str(found[0].pk) if len(found) == 1 else None
    carried = {"text": text, "notify": "yes" if notify else "", "party": only}
    context = {
        "case": case,
        "place": place,
        "title": title.in_language(language_of_page()),
        "button": _BUTTONS[place].in_language(language_of_page()),
        "text": text,
        "parties": found[:PARTIES_SHOWN],
        "more": len(found) > PARTIES_SHOWN,
        "form": NamePartyForm(kind, request.POST if sent else None, case=case, initial=carried),
        "error": error,
        "notify": notify,
        "may_manage": request.user.may(CommonAction.MANAGE_PARTIES),
    }
    return render(request, "pandok/cases/name_party.html", context, status=422 if error else 200)
