"""Passkeys: what signs a person in with one touch, and the questions that are asked of them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class PasskeyOwner(models.Model):
    """The random name under which a person's devices keep their passkeys; it says nothing of the account."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="passkey_owner")
    handle = models.CharField(max_length=100, unique=True)
    """64 random bytes, base64url."""

    class Meta:
        db_table = "desk_passkeyowner"


class Passkey(models.Model):
    """One passkey of one person. Only its public half is here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="passkeys")
    title = models.CharField(max_length=60)
    """As its person calls it."""
    credential_id = models.TextField(unique=True)
    public_key = models.TextField()
    counter = models.BigIntegerField()
    """How often it has signed, as it last said; 0 where the device does not count."""
    host = models.CharField(max_length=255)
    """Host name of the site for which it was made: browsers offer it nowhere else."""
    is_synchronised = models.BooleanField()
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "desk_passkey"
        ordering = ["added_at"]


class PasskeyChallenge(models.Model):
    """One question to a passkey: asked once, answered at most once, within minutes. Its row goes with the answer."""

    MAKE, SIGN_IN = "make", "sign-in"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=10)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    """Who adds a passkey; None while nobody is known yet."""
    challenge = models.CharField(max_length=64)
    origin = models.CharField(max_length=300)
    host = models.CharField(max_length=255)
    title = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "desk_passkeychallenge"
