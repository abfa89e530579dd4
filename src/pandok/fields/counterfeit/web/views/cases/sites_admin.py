"""Pages of supervisors and administrators: the sites of customs and who works there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common.models import Site
from pandok.common.parties import sites_admin as use
from pandok.common.roles import Action
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.web.office_forms import MemberForm, NewSiteForm, RowForm, SiteForm, row_form
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.MANAGE_PARTIES)
def sites(request: HttpRequest) -> HttpResponse:
    """The list; a POST adds one."""
    form, error = NewSiteForm(request.POST or None, auto_id="%s"), None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        names = {name: given[name] for name in ("code", "name_ko", "name_en")}
        try:
            new = use.keep_site(site=None, **names, **_why(request, form))
        except PandokError as refused:
            error = refused
        else:
            return redirect("site", site_id=new.id)
    context = {
        "sites": Site.objects.order_by("code").prefetch_related("members"),
        "error": error,
        "form": form,
    }
    return render(request, "pandok/cases/sites.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.MANAGE_PARTIES)
def site(request: HttpRequest, site_id: int) -> HttpResponse:
    """One site; a POST changes its names or its people."""
    found = get_object_or_404(Site, pk=site_id)
    change, error = request.POST.get("change", ""), None
    if request.method == "POST":
        if change not in CHANGES:
            raise Http404
        make, act = CHANGES[change]
        form = make(request.POST)
        if form.is_valid():
            try:
                act(request, found, form)
            except PandokError as refused:
                error = refused
            else:
                return redirect("site", site_id=site_id)
        elif change == "remove-member":
            raise Http404

    def of(name: str) -> QueryDict | None:
        return request.POST if name == change else None

    kept = {name: getattr(found, name) for name in ("name_ko", "name_en", *use.SENDER_FIELDS)}
    context = {
        "site": found,
        "members": [
            (one, row_form("account", one.account_id, of("remove-member")))
            for one in found.members.select_related("account").order_by("account__username")
        ],
        "error": error,
        "form": SiteForm(of("names"), initial=kept, auto_id="%s"),
        "member_form": MemberForm(of("add-member"), auto_id="%s-add-member"),
    }
    return render(request, "pandok/cases/site.html", context, status=422 if request.method == "POST" else 200)


def _change_names(request: HttpRequest, found: Site, form: forms.Form) -> None:
    given = form.cleaned_data
    sender = {name: given[name] for name in use.SENDER_FIELDS if name in form.data}
    names = {name: given[name] for name in ("name_ko", "name_en")}
    use.keep_site(site=found, code=found.code, sender=sender, **names, **_why(request, form))


def _add_member(request: HttpRequest, found: Site, form: forms.Form) -> None:
    use.put_at_site(site=found, username=form.cleaned_data["username"], **_why(request, form))


def _remove_member(request: HttpRequest, found: Site, form: forms.Form) -> None:
    use.take_from_site(site=found, account_id=form.cleaned_data["account"], **_why(request, form))


def _why(request: HttpRequest, form: forms.Form) -> dict[str, Any]:
    return {"actor": request.user, "reason": form.cleaned_data["reason"], "now": timezone.now()}


Act = Callable[[HttpRequest, Site, forms.Form], None]
CHANGES: dict[str, tuple[Callable[[QueryDict], forms.Form], Act]] = {
    "names": (SiteForm, _change_names),
    "add-member": (MemberForm, _add_member),
    "remove-member": (partial(RowForm, "account"), _remove_member),
}
