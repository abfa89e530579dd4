"""The second step of signing in: setting it up, asking for a code, resetting it."""

from __future__ import annotations

import secrets
from datetime import datetime

import pyotp
from django.conf import settings
from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account, RecoveryCode, SecondStep
from pandok.common.people.changes import Change, note_first_factor
from pandok.common.people.passkeys import forget_passkeys
from pandok.common.people.sessions import end_all_sessions
from pandok.common.reasons import checked_reason
from pandok.core import two_step as rules
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.vault.secrets import keyed_digest, seal, unseal

_SECRET = "second step"
_RECOVERY = "recovery codes"


def asks_second_step(account: Account, policy: str) -> bool:
    """Whether a password alone is not enough. Holders and importers may choose it for themselves."""
    return policy != "off" and (any(role.facts.staff for role in account.roles) or has_second_step(account))


def has_second_step(account: Account) -> bool:
    return SecondStep.objects.filter(account=account).exists()


def recovery_codes_left(account: Account) -> int:
    return RecoveryCode.objects.filter(account=account, used_at=None).count()


def new_sealed_secret() -> str:
    """A fresh secret that is not in force yet; it waits, sealed, in the session of who sets it up."""
    return seal(pyotp.random_base32(), secret_key=settings.SECRET_KEY, purpose=_SECRET)


def opened_secret(sealed: str) -> str:
    return unseal(sealed, secret_key=settings.SECRET_KEY, purpose=_SECRET)


def set_up_second_step(*, account: Account, sealed_secret: str, code: str, now: datetime) -> list[str]:
    """Put a secret in force, once a code proves that the app has it; returns new recovery codes, shown only now."""
    step = rules.matching_step(opened_secret(sealed_secret), code, now, after=-1)
    if step is None:
        raise wrong_code()
    with transaction.atomic():
        is_first = not has_second_step(account)
        SecondStep.objects.update_or_create(
            account=account, defaults={"sealed_secret": sealed_secret, "set_up_at": now, "last_step": step}
        )
        codes = _replace_recovery_codes(account)
        audit.tell(account, "second_step.set_up", f"account:{account.username}", "", now)
        if is_first:
            note_first_factor(account=account, kind=Change.SECOND_STEP, now=now)
    return codes


def accept_code(*, account: Account, typed: str, now: datetime) -> str | None:
    """ "app" or "recovery" where `typed` is a code that holds, which is used up by that; else None."""
    second = SecondStep.objects.filter(account=account).first()
    if second is None:
        return None
    after = rules.last_step_that_counts(second.last_step, now)
    step = rules.matching_step(opened_secret(second.sealed_secret), typed, now, after=after)
    if step is not None:
        # Two requests with the same code: only one of them moves the step on.
        moved = SecondStep.objects.filter(pk=second.pk, last_step=second.last_step).update(last_step=step)
        return "app" if moved else None
    plain = rules.plain_recovery_code(typed)
    if plain is None:
        return None
    with transaction.atomic():
        unused = RecoveryCode.objects.filter(account=account, digest=_digest(account, plain), used_at=None)
        if not unused.update(used_at=now):
            return None
        left = recovery_codes_left(account)
        what = f"account:{account.username}"
        audit.tell(account, "second_step.recovery_code_used", what, "", now, {"left": left})
    return "recovery"


def new_recovery_codes(*, account: Account, now: datetime) -> list[str]:
    """Ten new codes; the earlier ones no longer hold."""
    with transaction.atomic():
        codes = _replace_recovery_codes(account)
        audit.tell(account, "second_step.recovery_codes_made", f"account:{account.username}", "", now)
    return codes


def reset_second_step(*, account: Account, actor: Account | None, reason: str, now: datetime) -> None:
    """Forget somebody's second step and passkeys, for example after a lost phone; it is set up again at sign-in."""
    reason = checked_reason(reason)
    with transaction.atomic():
        SecondStep.objects.filter(account=account).delete()
        RecoveryCode.objects.filter(account=account).delete()
        forget_passkeys(account=account, actor=actor, reason=reason, now=now)
        audit.tell(actor, "second_step.reset", f"account:{account.username}", reason, now)
        end_all_sessions(account=account, actor=actor, reason="second step reset", now=now)


def wrong_code() -> RequestError:
    return RequestError(
        Text(ko="인증 코드가 맞지 않습니다.", en="The code is not right."),
        Text(
            ko="인증 앱에 지금 보이는 새 코드 6자리를 입력하십시오. 한 번 쓴 코드는 다시 쓸 수 없습니다.",
            en="Type the six digits that the app shows now. A code that was used does not count again.",
        ),
        code="request.second_step_code",
    )


def _replace_recovery_codes(account: Account) -> list[str]:
    codes = [rules.recovery_code(secrets.token_bytes(12)) for _ in range(rules.RECOVERY_CODES)]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=_digest(account, code.replace("-", ""))) for code in codes
    )
    return codes


def _digest(account: Account, plain: str) -> str:
    return keyed_digest(f"{account.pk}:{plain}", secret_key=settings.SECRET_KEY, purpose=_RECOVERY)
