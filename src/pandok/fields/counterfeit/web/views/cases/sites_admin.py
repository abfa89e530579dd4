"""Pages of supervisors and administrators: the sites of customs and who works there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pandok.common.models import Site
from pandok.common.parties import sites_admin as use
from pandok.common.roles import Action
from pandok.core.errors import PandokError
from pandok.fields.counterfeit.web.office_forms import NewSiteForm, SiteForm
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
            new = use.keep_site(site=None, **names, **_why(request))
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
    names = request.POST if request.POST.get("change") == "names" else None
    kept = {name: getattr(found, name) for name in ("name_ko", "name_en", *use.SENDER_FIELDS)}
    form, error = SiteForm(names, initial=kept, auto_id="%s"), None
    if request.method == "POST" and (names is None or form.is_valid()):
        try:
            _change(request, found, form)
        except PandokError as refused:
            error = refused
        else:
            return redirect("site", site_id=site_id)
    context = {
        "site": found,
        "members": found.members.select_related("account").order_by("account__username"),
        "error": error,
        "form": form,
        "sent": request.POST,
    }
    return render(request, "pandok/cases/site.html", context, status=422 if request.method == "POST" else 200)


def _change(request: HttpRequest, found: Site, form: SiteForm) -> None:
    change = request.POST.get("change", "")
    if change == "names":
        given = form.cleaned_data
        sender = {name: given[name] for name in use.SENDER_FIELDS if name in request.POST}
        names = {name: given[name] for name in ("name_ko", "name_en")}
        use.keep_site(site=found, code=found.code, sender=sender, **names, **_why(request))
    elif change == "add-member":
        use.put_at_site(site=found, username=request.POST.get("username", "")[:150], **_why(request))
    elif change == "remove-member":
        account = request.POST.get("account", "")
        if not account.isdecimal() or len(account) > 18:
            raise Http404
        use.take_from_site(site=found, account_id=int(account), **_why(request))
    else:
        raise Http404


def _why(request: HttpRequest) -> dict[str, Any]:
    return {"actor": request.user, "reason": request.POST.get("reason", ""), "now": timezone.now()}
