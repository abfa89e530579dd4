"""Pages of the administrator: the list of accounts, a new account, and one account with everything that may change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from pandok.common.declared import role_named, roles
from pandok.common.models import Account, AuditEntry, OpenIdLink
from pandok.common.people import accounts_admin, changes, invitations, resets, sessions, two_step, votes
from pandok.common.people.profiles import Profile, change_profile
from pandok.common.reasons import MOST_REASON
from pandok.common.roles import Action, AnyRole
from pandok.common.web.requests import AccountRequest
from pandok.common.web.shown.account_words import action_words, reason_words
from pandok.common.web.signing_in import no_store
from pandok.core.errors import RequestError
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import Written, meant
from pandok.web.shown.rendering import render

ACCOUNTS_A_PAGE = 25
EVENTS_SHOWN = 20


def _roles() -> list[tuple[str, str]]:
    return [(role.value, role.title.in_language(get_language() or "ko")) for role in roles()]


class FindForm(forms.Form):
    text = forms.CharField(label=_("Name contains"), required=False, max_length=150)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=lambda: [("", _("All roles")), *_roles()])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All states")), ("active", _("In use")), ("suspended", _("Account suspended"))],
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=MOST_REASON, required=False)


class RolesForm(ReasonForm):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=_roles, required=False, widget=forms.CheckboxSelectMultiple
    )

    def chosen(self) -> frozenset[AnyRole]:
        """Only after `is_valid()`."""
        return frozenset(role_named(name) for name in self.cleaned_data["roles"])


class ProfileForm(forms.Form):
    """Name and contact; what does not fit is told by the use case."""

    display_name = Written(_("Full name"), room=200)
    department = Written(_("Office and division"), room=300)
    phone = Written(_("Telephone at work"), room=100)
    email = Written(_("Mail address at work"), room=300)

    def profile(self) -> Profile:
        """Only after `is_valid()`."""
        return Profile(**{name: self.cleaned_data[name] for name in ProfileForm.base_fields})


class NewAccountForm(RolesForm, ProfileForm):
    username = forms.CharField(label=_("Name of the account"), required=False, max_length=200)


@require_safe
@allows(Action.MANAGE_ACCOUNTS)
def accounts(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = accounts_admin.find_accounts(
        text=asked.get("text", ""),
        role=role_named(asked["role"]) if asked.get("role") else None,
        active={"active": True, "suspended": False}.get(asked.get("state", "")),
    )
    page = Paginator(found, ACCOUNTS_A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    rows = [{"account": account, "roles": _titles(account)} for account in page.object_list]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "query": query.urlencode(),
        "waiting": changes.waiting_accounts(),
    }
    return render(request, "pandok/accounts/accounts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.MANAGE_ACCOUNTS)
def account_new(request: AccountRequest) -> HttpResponse:
    form = NewAccountForm(request.POST or None)
    error = None
    if request.method == "POST" and form.is_valid():
        try:
            account, token = accounts_admin.create_account(
                username=form.cleaned_data["username"],
                roles=form.chosen(),
                actor=request.user,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
                profile=form.profile(),
            )
        except RequestError as refused:
            error = refused
        else:
            return _link_page(request, account, token)
    status = 422 if request.method == "POST" else 200
    return render(request, "pandok/accounts/account_new.html", {"form": form, "error": error}, status=status)


@require_safe
@allows(Action.MANAGE_ACCOUNTS)
def account_admin(request: AccountRequest, account_id: int) -> HttpResponse:
    return _account_page(request, get_object_or_404(Account, pk=account_id))


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.MANAGE_ACCOUNTS)
def account_change(request: AccountRequest, account_id: int, change: str) -> HttpResponse:
    """Roles, suspend, reactivate, confirm, second-step, invite, sessions: one form each on the account's page."""
    account = get_object_or_404(Account, pk=account_id)
    if change not in ("invite", "roles", "profile", *_CHANGES):
        raise Http404
    if request.method != "POST":
        return redirect("account_admin", account_id=account_id)
    form = RolesForm(request.POST)
    if not form.is_valid():
        return _account_page(request, account, form=form, change=change)
    told: dict[str, Any] = {
        "account": account,
        "actor": request.user,
        "reason": form.cleaned_data["reason"],
        "now": timezone.now(),
    }
    try:
        if change == "invite":
            token = resets.reset_password(**told)
            if token is not None:
                return _link_page(request, account, token)
        elif change == "profile":
            change_profile(profile=meant(ProfileForm(request.POST)).profile(), **told)
        elif change == "roles":
            accounts_admin.change_roles(roles=form.chosen(), **told)
        else:
            _CHANGES[change](**told)
    except RequestError as error:
        return _account_page(request, account, form=form, change=change, error=error)
    return redirect("account_admin", account_id=account_id)


_CHANGES: dict[str, Callable[..., object]] = {
    "suspend": accounts_admin.suspend,
    "reactivate": accounts_admin.reactivate,
    "confirm": changes.confirm_changes,
    "second-step": resets.reset_step,
    "sessions": sessions.end_sessions_of,
}


def _account_page(
    request: AccountRequest,
    account: Account,
    *,
    form: RolesForm | None = None,
    change: str = "",
    error: RequestError | None = None,
) -> HttpResponse:
    """`change` names the form that was refused: what was typed stays in it."""
    initial = {"roles": [role.value for role in account.roles]}
    events = AuditEntry.objects.filter(object=f"account:{account.username}").order_by("-sequence")[:EVENTS_SHOWN]
    context = {
        "account": account,
        "roles": _titles(account),
        "roles_form": form if form and change == "roles" else RolesForm(initial=initial),
        "profile_form": ProfileForm(request.POST if change == "profile" else None, initial=asdict(Profile.of(account))),
        "form": form,
        "change": change,
        "error": error,
        "events": [
            {"at": one.at, "actor": one.actor, "what": action_words(one.action), "why": reason_words(one.reason)}
            for one in events
        ],
        "has_second_step": two_step.has_second_step(account),
        "is_openid": OpenIdLink.objects.filter(account=account).exists(),
        "asked_resets": {
            "password": resets.open_reset(account, "password", timezone.now()),
            "second_step": resets.open_reset(account, "second-step", timezone.now()),
        },
        "changes": [
            {"row": one, "what": changes.Change(one.kind).words, "why": reason_words(one.reason)}
            for one in changes.open_changes(account)
        ],
        "why_not_confirmed": changes.why_not_confirmed_by(account, request.user),
        "votes": votes.votes(account),
        "paused_until": votes.paused_until(account, timezone.now()),
        "is_self": account.pk == request.user.pk,
    }
    return render(request, "pandok/accounts/account_admin.html", context, status=422 if form else 200)


def _link_page(request: HttpRequest, account: Account, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("invitation", kwargs={"token": token}))
    hours = int(invitations.VALID.total_seconds() // 3600)
    context = {"account": account, "link": link, "hours": hours}
    return no_store(render(request, "pandok/accounts/invitation_link.html", context))


def _titles(account: Account) -> list[str]:
    language = get_language() or "ko"
    known = {role.value: role for role in roles()}
    names = sorted(group.name for group in account.groups.all())
    return [known[name].title.in_language(language) for name in names if name in known]
