"""Pages of supervisors and administrators: parties with their names in the register and their people."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.declared import party_kinds
from pandok.common.models import Party
from pandok.common.parties import parties_admin as use
from pandok.common.parties.electronic import consent_of, how_served, served_kinds
from pandok.common.parties.parties_admin import PartyFacts
from pandok.common.roles import Action
from pandok.common.web.requests import AccountRequest
from pandok.core.days import day_from
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.acts.notices.consenting import record_on_paper
from pandok.fields.counterfeit.web.office_forms import (
    ActiveForm,
    ConsentForm,
    HolderForm,
    MemberForm,
    PartyForm,
    RowForm,
    row_form,
)
from pandok.fields.register.acts import holders as of_register
from pandok.fields.register.models import Holder
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

PARTIES_A_PAGE = 50
HOLDERS_SHOWN = 20


@require_safe
@allows(Action.MANAGE_PARTIES)
def parties(request: HttpRequest) -> HttpResponse:
    text, kind = request.GET.get("text", "")[:200].replace("\x00", ""), request.GET.get("kind", "")
    found = use.find_parties(text=text, kind=kind).prefetch_related("holder_names__holder")
    page = Paginator(found, PARTIES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "text": text,
        "kind": kind,
        "kinds": ((kind.name, kind.words) for kind in party_kinds().values()),
    }
    return render(request, "pandok/cases/parties.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.MANAGE_PARTIES)
def party_new(request: HttpRequest) -> HttpResponse:
    form, error = PartyForm(request.POST or None, auto_id="party-%s"), None
    if request.method == "POST" and form.is_valid():
        try:
            party = use.create_party(facts=_facts(form), **_why(request, form))
        except PandokError as refused:
            error = refused
        else:
            return redirect("party", party_id=party.id)
    context = {"error": error, "form": form}
    return render(request, "pandok/cases/party_new.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@allows(Action.MANAGE_PARTIES)
def party(request: HttpRequest, party_id: int) -> HttpResponse:
    return _page(request, get_object_or_404(Party, pk=party_id))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.MANAGE_PARTIES)
def party_change(request: AccountRequest, party_id: int, change: str) -> HttpResponse:
    """One form each: facts, active, link, unlink, add-member, remove-member."""
    found = get_object_or_404(Party, pk=party_id)
    if change not in CHANGES:
        raise Http404
    if request.method != "POST":
        return redirect("party", party_id=party_id)
    form = FORMS[change](request.POST)
    if not form.is_valid():
        if change in OF_ONE_RECORD:
            raise Http404
        return _page(request, found, None, change)
    try:
        CHANGES[change](request, found, form)
    except PandokError as error:
        found.refresh_from_db()
        return _page(request, found, error, change)
    return redirect("party", party_id=party_id)


def _page(request: HttpRequest, found: Party, error: PandokError | None = None, change: str = "") -> HttpResponse:
    """`change`: the form of this name was sent and refused; it is shown again with what was entered."""

    def of(name: str) -> QueryDict | None:
        return request.POST if name == change else None

    agreed = consent_of(found) is not None
    facts = {name: getattr(found, name) for name in FACTS}
    written = HolderForm({"holder_text": request.GET.get("holder", "")} if not change else request.POST)
    written.is_valid()
    text = written.cleaned_data["holder_text"][:200]
    shown = {
        "facts": PartyForm(of("facts"), initial=facts, auto_id="facts-%s"),
        "electronic": ConsentForm(
            of("electronic"), initial={"agrees": "no" if agreed else "yes"}, auto_id="electronic-%s"
        ),
        "link": HolderForm(of("link"), initial={"holder_text": text}, auto_id="%s-link"),
        "member": MemberForm(of("add-member"), auto_id="%s"),
        "active": ActiveForm(of("active"), initial={"active": "no" if found.active else "yes"}, auto_id="%s-active"),
    }
    context = {
        "party": found,
        "kind": party_kinds()[found.kind].words,
        "forms": shown,
        "links": [
            (one, row_form("holder", one.holder_id, of("unlink")))
            for one in found.holder_names.select_related("holder").order_by("holder__name")
        ],
        "members": [
            (one, row_form("account", one.account_id, of("remove-member")))
            for one in found.members.select_related("account").order_by("account__username")
        ],
        "holder_text": text,
        "holders": of_register.find_holders(text)[:HOLDERS_SHOWN],
        "how_served": how_served(found) if found.kind in served_kinds() else None,
        "agreed": agreed,
        "is_holder": found.kind == Party.HOLDER,
        "error": error,
    }
    return render(request, "pandok/cases/party.html", context, status=422 if change else 200)


def _facts(form: forms.Form) -> PartyFacts:
    return PartyFacts(**{name: form.cleaned_data[name] for name in FACTS})


def _why(request: HttpRequest, form: forms.Form) -> dict[str, Any]:
    return {"actor": request.user, "reason": form.cleaned_data["reason"], "now": timezone.now()}


def _change_facts(request: HttpRequest, found: Party, form: forms.Form) -> None:
    use.change_party(party=found, facts=_facts(form), **_why(request, form))


def _set_active(request: HttpRequest, found: Party, form: forms.Form) -> None:
    use.set_active(party=found, active=form.cleaned_data["active"] == "yes", **_why(request, form))


def _link(request: HttpRequest, found: Party, form: forms.Form) -> None:
    holder = get_object_or_404(Holder, pk=form.cleaned_data["holder"])
    of_register.link_holder(party=found, holder=holder, **_why(request, form))


def _unlink(request: HttpRequest, found: Party, form: forms.Form) -> None:
    of_register.unlink_holder(party=found, holder_id=form.cleaned_data["holder"], **_why(request, form))


def _add_member(request: HttpRequest, found: Party, form: forms.Form) -> None:
    use.add_member(party=found, username=form.cleaned_data["username"], **_why(request, form))


def _remove_member(request: HttpRequest, found: Party, form: forms.Form) -> None:
    use.remove_member(party=found, account_id=form.cleaned_data["account"], **_why(request, form))


def _electronic(request: AccountRequest, found: Party, form: forms.Form) -> None:
    given = form.cleaned_data
    record_on_paper(
        party=found,
        given=given["agrees"] == "yes",
        said_on=day_from(given["day"]),
        proof=given["proof"],
        actor=request.user,
        now=timezone.now(),
    )


FACTS = ("kind", "name", "email", "phone", "language")
FORMS: dict[str, Callable[[QueryDict], forms.Form]] = {
    "facts": partial(PartyForm, auto_id="facts-%s"),
    "active": ActiveForm,
    "link": HolderForm,
    "unlink": partial(RowForm, "holder"),
    "electronic": partial(ConsentForm, auto_id="electronic-%s"),
    "add-member": MemberForm,
    "remove-member": partial(RowForm, "account"),
}
OF_ONE_RECORD = ("link", "unlink", "remove-member")
"""Forms that name a record: where there is none such, neither is there a page for it."""
CHANGES: dict[str, Callable[[AccountRequest, Party, forms.Form], None]] = {
    "facts": _change_facts,
    "active": _set_active,
    "link": _link,
    "unlink": _unlink,
    "electronic": _electronic,
    "add-member": _add_member,
    "remove-member": _remove_member,
}
