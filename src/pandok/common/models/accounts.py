"""Accounts: persons who sign in, and refused sign-ins."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models

from pandok.common.declared import may, roles
from pandok.common.roles import AnyAction, AnyRole


class Account(AbstractUser):
    """A person who signs in. Roles are groups; see pandok.common.roles."""

    limited_to: frozenset[AnyAction] | None = None
    """What the token that it came with allows of its roles; None: all of it. Never stored."""

    display_name = models.CharField(max_length=100, blank=True, default="")
    """How others see this person, for example on a case or a notice. Empty: the name of the account."""
    department = models.CharField(max_length=150, blank=True, default="")
    """Office and division, as it stands on a notice."""
    phone = models.CharField(max_length=40, blank=True, default="")
    """At work; parties may be given it."""

    votes_paused_until = models.DateTimeField(null=True, blank=True)
    """After a reset of how this person signs in; see pandok.common.people.votes."""

    class Meta:
        db_table = "desk_account"

    @property
    def shown_name(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return self.display_name

    @cached_property
    def roles(self) -> frozenset[AnyRole]:
        known = {role.value: role for role in roles()}
        names = self.groups.values_list("name", flat=True)
        return frozenset(known[name] for name in names if name in known)

    def may(self, action: AnyAction) -> bool:
        within = self.limited_to is None or action in self.limited_to
        return self.is_active and within and may(self.roles, action)


class SignInFailure(models.Model):
    """One refused sign-in; pandok.common.people.sign_in counts them for the lock-out."""

    username = models.CharField(max_length=150)
    address = models.GenericIPAddressField(null=True)
    """Of an IPv6 address its /64 network."""
    device = models.CharField(max_length=40, blank=True, default="")
    """Where the person had signed in there before; then the address does not count."""
    at = models.DateTimeField()

    class Meta:
        db_table = "desk_signinfailure"
        indexes = [models.Index(fields=["username", "at"]), models.Index(fields=["address", "at"])]
