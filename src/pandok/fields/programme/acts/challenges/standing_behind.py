"""Who stands behind a challenge, from the lab's records and its own."""

from __future__ import annotations

from pandok.common.models import Account
from pandok.fields.lab.models import Grant, Use
from pandok.fields.programme.challenge_rules import Behind, TooClose, too_close
from pandok.fields.programme.models import Challenge


def behind_of(challenge: Challenge) -> Behind:
    """Grants and looks at any time; who deposited the data had them in hand."""
    pack = challenge.pack
    grants = Grant.objects.filter(deposit=pack.deposit_id)
    looks = Use.objects.filter(object__deposit=pack.deposit_id, actor__isnull=False)
    granted = {pack.deposit.deposited_by_id, *grants.filter(people__isnull=False).values_list("people", flat=True)}
    return Behind(
        owners=frozenset({pack.owner_id}),
        registrars=frozenset(pack.registrations.values_list("registered_by", flat=True)),
        granted=frozenset(granted | {*looks.values_list("actor", flat=True)}),
        roles=frozenset(grants.exclude(role="").values_list("role", flat=True)),
        authors=frozenset(
            {challenge.made_by_id, *challenge.events.exclude(actor=None).values_list("actor", flat=True)}
        ),
    )


def closeness(challenge: Challenge, account: Account) -> frozenset[TooClose]:
    roles = list(account.groups.values_list("name", flat=True))
    return too_close(account.pk, roles, behind_of(challenge))
