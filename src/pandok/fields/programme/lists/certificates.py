"""Certificates: who may see them, and the one that somebody outside holds in hand."""

from __future__ import annotations

import hmac
from uuid import UUID

from django.db.models import QuerySet

from pandok.common.models import Account
from pandok.fields.programme.certificate_states import PUBLIC
from pandok.fields.programme.evidence_refusals import refusal
from pandok.fields.programme.lists.agreements import agreements_visible_to
from pandok.fields.programme.models import Agreement, TrialCertificate

_WITH = ("agreement__problem", "measurement__version", "drafted_by", "issued_by", "withdrawal_by")


def certificate_for(account: Account, certificate_id: UUID) -> TrialCertificate:
    """Raises RequestError: evidence.no_certificate."""
    shown = TrialCertificate.objects.filter(agreement__in=agreements_visible_to(account))
    found: TrialCertificate | None = shown.select_related(*_WITH).filter(pk=certificate_id).first()
    if found is None:
        raise refusal("no_certificate")
    return found


def certificates_of(agreement: Agreement) -> QuerySet[TrialCertificate]:
    """The newest first."""
    return TrialCertificate.objects.filter(agreement=agreement).order_by("-drafted_at", "-number")


def certificate_in_hand(number: str, code: str) -> TrialCertificate | None:
    """Of who has number and code; the same None for a wrong number and a wrong code. Blanks, hyphens and small letters
    are no mistake."""
    said = "".join(letter for letter in code.upper() if letter.isalnum())
    states = [one.value for one in PUBLIC]
    found = TrialCertificate.objects.filter(number=number.strip().upper()[:20], state__in=states).first()
    stands = found.code if found else "-"
    right = hmac.compare_digest(stands.encode(), said.encode())
    return found if found and right else None
