"""This site signs with another key from now on; what it signed before is still checked with the key of then."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.common.trust.doubts import must_know_the_time
from pandok.engines.proof_pack.former_keys import change_key, next_key
from pandok.engines.proof_pack.signing import SigningKey
from pandok.engines.proof_pack.site_key import site_signing_key

CHANGED = "proof.own_key_changed"


def change_own_key(*, home: Path, reason: str, actor: Account | None, now: datetime) -> SigningKey:
    """`actor` None: at the command line. Where the audit trail takes nothing, the key stays. Raises RequestError:
    request.reason, proof.clock; StoreError."""
    reason = checked_reason(reason)
    must_know_the_time(now, code="proof.clock")  # which key counts in which time is said for good
    with audit.chain_held():  # two at once take turns
        before, following = site_signing_key(home).key_id, next_key(home).key_id
        audit.tell(actor, CHANGED, f"key:{following}", reason, now, {"key": following, "before": before})
        return change_key(home, now=now)
