"""What can be done to a certificate of this site, by the word that the page and the API send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse

from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.fields.programme.acts.certificates import issuing, withdrawing
from pandok.settings import settings


def _issue(certificate_id: UUID, **said: Any) -> None:
    chosen = settings()
    issuing.issue_certificate(
        certificate_id,
        key=site_signing_key(chosen.home),
        issuer=chosen.agency,
        check_at=f"{chosen.address.rstrip('/')}{reverse('verify_certificate')}",
        **said,
    )


def _confirm(certificate_id: UUID, **said: Any) -> None:
    withdrawing.settle_withdrawal(certificate_id, confirmed=True, **said)


def _turn_down(certificate_id: UUID, **said: Any) -> None:
    withdrawing.settle_withdrawal(certificate_id, confirmed=False, **said)


ACTS: dict[str, Callable[..., Any]] = {
    "issue": _issue,
    "drop": issuing.drop_draft,
    "withdraw": withdrawing.propose_withdrawal,
    "confirm": _confirm,
    "turn_down": _turn_down,
}
OF_MANAGERS = frozenset({"issue", "confirm", "turn_down"})
