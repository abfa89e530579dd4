"""Tokens of the API: one's own, and those of an agency's systems, which the administrator makes."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from pandok.common.declared import role_named, roles
from pandok.common.models import Account, Site, SystemAccount
from pandok.common.people.scopes import scope_of, scope_words, scopes_of
from pandok.common.people.system_accounts import make_system_account, system_accounts
from pandok.common.people.tokens import (
    LONGEST,
    LONGEST_TITLE,
    make_token,
    revoke_token,
    token_managed_by,
    tokens_managed_by,
)
from pandok.common.reasons import MOST_REASON
from pandok.common.roles import Action
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.whole_number import whole_number
from pandok.web.day_field import DayField
from pandok.web.field_of import field_of
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render

USUAL_DAYS = 90


class TokenForm(forms.Form):
    title = forms.CharField(label=_("Which system uses it"), max_length=LONGEST_TITLE)
    last_day = DayField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    scopes = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, account: Account, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        language = get_language() or "ko"
        field_of(self, "scopes", forms.MultipleChoiceField).choices = [
            (scope_of(action), scope_words(action).in_language(language)) for action in scopes_of(account.roles)
        ]

    def expires_at(self) -> datetime:
        """The midnight after the last day. Only after `is_valid()`."""
        return datetime.combine(self.cleaned_data["last_day"] + timedelta(days=1), time(), OFFICE_ZONE)


def _roles() -> list[tuple[str, str]]:
    language = get_language() or "ko"
    return [(role.value, role.title.in_language(language)) for role in roles()]


class SystemForm(forms.Form):
    username = forms.CharField(label=_("Name of the account"), max_length=150)
    title = forms.CharField(label=_("Name of the system"), max_length=100)
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=_roles, widget=forms.CheckboxSelectMultiple)
    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.order_by("code"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=MOST_REASON)


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.MAKE_TOKENS)
def list_tokens(request: AccountRequest) -> HttpResponse:
    """One's own tokens; `?account=` shows those of a system to an administrator."""
    account = _whose(request)
    if request.method != "POST":
        return _page(request, account, TokenForm(account, initial={"last_day": _last_day(USUAL_DAYS)}))
    form = TokenForm(account, request.POST)
    if not form.is_valid():
        return _page(request, account, form, status=422)
    try:
        _token, text = make_token(
            account=account,
            title=form.cleaned_data["title"],
            scopes=form.cleaned_data["scopes"],
            expires_at=form.expires_at(),
            actor=request.user,
            now=timezone.now(),
        )
    except PandokError as error:
        return _page(request, account, form, error=error, status=422)
    return _page(request, account, TokenForm(account, initial={"last_day": _last_day(USUAL_DAYS)}), made=text)


@require_POST
@allows(Action.MAKE_TOKENS)
def revoke(request: AccountRequest, token_id: UUID) -> HttpResponse:
    token = token_managed_by(request.user, token_id)
    if token is None:
        raise Http404
    revoke_token(token=token, actor=request.user, now=timezone.now())
    system = getattr(token.account, "system", None)
    address = redirect("tokens")
    if system is not None and token.account_id != request.user.pk:
        address["Location"] += f"?account={token.account_id}"
    return address


@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.MANAGE_ACCOUNTS)
def systems(request: AccountRequest) -> HttpResponse:
    form = SystemForm(request.POST or None)
    error = None
    if request.method == "POST" and form.is_valid():
        try:
            made = make_system_account(
                username=form.cleaned_data["username"],
                title=form.cleaned_data["title"],
                roles=frozenset(role_named(name) for name in form.cleaned_data["roles"]),
                site=form.cleaned_data["site"],
                actor=request.user,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except PandokError as refused:
            error = refused
        else:
            address = redirect("tokens")
            address["Location"] += f"?account={made.account_id}"
            return address
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "error": error, "systems": system_accounts()}
    return render(request, "pandok/api/systems.html", context, status=status)


def _whose(request: AccountRequest) -> Account:
    key = request.GET.get("account", "")
    if not key:
        return request.user
    known = whole_number(key) if request.user.may(Action.MANAGE_ACCOUNTS) else None
    system = SystemAccount.objects.select_related("account").filter(account_id=known).first() if known else None
    if system is None:
        raise Http404
    return system.account


def _page(
    request: AccountRequest,
    account: Account,
    form: TokenForm,
    *,
    made: str = "",
    error: PandokError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "account": account,
        "is_self": account.pk == request.user.pk,
        "form": form,
        "made": made,
        "error": error,
        "tokens": tokens_managed_by(request.user).filter(account=account),
        "now": timezone.now(),
        "latest": _last_day(LONGEST.days - 1),
        "may_use_webhooks": request.user.may(Action.USE_WEBHOOKS),
        "may_manage": request.user.may(Action.MANAGE_ACCOUNTS),
    }
    return render(request, "pandok/api/tokens.html", context, status=status)


def _last_day(days: int) -> str:
    return (timezone.now().astimezone(OFFICE_ZONE).date() + timedelta(days=days)).isoformat()
