"""A form that came after its session had ended: kept for the same account, shown after sign-in, sent by that person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from pandok.common.audit import writing as audit
from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.common.models import Account, KeptForm, PersonSession
from pandok.common.people.session_keys import kept_key

KEPT = timedelta(hours=24)
MOST_CHARACTERS = 100_000
MOST_KEPT = 10
SECRET = re.compile(r"password|secret|token|credential|^(code|recovery_code|otp)$", re.I)
Fields = Sequence[tuple[str, str]]


def account_of_ended_session(session_key: str) -> Account | None:
    """Whose session this was, where it has ended; nobody where it is unknown or still holds."""
    if not session_key:
        return None
    ended = PersonSession.objects.filter(
        session_key=kept_key(session_key), ended_at__isnull=False, account__is_active=True
    )
    session = ended.select_related("account").first()
    return session.account if session is not None else None


def keep_form(
    *, account: Account, path: str, page: str, fields: Fields, had_files: bool, now: datetime
) -> KeptForm | None:
    """Keep what was written; None where there is nothing to keep, too much, or something secret in it."""
    written = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    if not any(value.strip() for _, value in written) or any(SECRET.search(name) for name, _ in written):
        return None
    if sum(len(name) + len(value) for name, value in written) > MOST_CHARACTERS or len(path) > 500:
        return None
    kept = KeptForm.objects.create(
        account=account, path=path, page=page[:500], fields=written, had_files=had_files, at=now
    )
    newest = KeptForm.objects.filter(account=account).order_by("-at").values_list("id", flat=True)
    KeptForm.objects.filter(account=account).exclude(id__in=list(newest[:MOST_KEPT])).delete()
    audit.tell(account, "form.kept", f"account:{account.username}", "", now, {"path": path})
    return kept


def kept_form_of(account: Account, form_id: UUID, now: datetime) -> KeptForm | None:
    """Somebody else's answers like none."""
    return KeptForm.objects.filter(account=account, id=form_id, at__gt=now - KEPT).first()


def drop_kept_form(*, account: Account, form_id: UUID) -> None:
    """After it was sent, or when its writer does not want it any more."""
    KeptForm.objects.filter(account=account, id=form_id).delete()


@every(6 * 3600, by_clock=True)
def forget_kept_forms(work: Work) -> None:
    KeptForm.objects.filter(at__lt=work.now - KEPT).delete()
