"""The vault's returning work: deposits whose term is over lose their key; what a crash left behind is set aside.

Nothing is destroyed by the clock alone: see pandok.common.trust.doubts and pandok.fields.lab.acts.vault.term_looks.
What no row names
goes into quarantine, from where it comes back by itself when a newer database names it again.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pandok.common.audit import writing as audit
from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.common.trust.doubts import doubt_of_the_chain, doubt_of_the_clock
from pandok.engines.files.durable import UNFINISHED, erase, move_durably
from pandok.engines.vault.ciphers import SealBroken
from pandok.engines.vault.deposit_keys import KeyDestroyed
from pandok.fields.lab.acts.vault.allowed import must
from pandok.fields.lab.acts.vault.deleting import TERM, carry_out, plan_by_term, unfinished
from pandok.fields.lab.acts.vault.refusals import in_doubt
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.acts.vault.term_looks import forget_look, seen_long_enough
from pandok.fields.lab.models import Deposit, VaultObject
from pandok.fields.lab.roles import Action

_log = logging.getLogger("pandok.fields.lab")
LEFT_ALONE = timedelta(hours=6)
"""A file without row that is younger may belong to a deposit that is just being made."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`what` is missing, changed, unreadable or without_row."""

    object: str
    deposit: str
    what: str


@every(600)
def keep_vault(work: Work) -> None:
    vault = site_vault(clock=work.clock)
    end_terms(vault)
    sweep(vault)


def end_terms(vault: Vault) -> int:
    """Delete what has been seen as expired long enough, and finish what was interrupted. Returns how many deletions
    were done. While database or clock are in doubt, only what two persons have confirmed is done."""
    now = vault.clock()
    doubt = doubt_of_the_chain(now) or doubt_of_the_clock(now)
    if doubt is None:
        for deposit in Deposit.objects.filter(keys_destroyed_at=None, expires_at__lte=now):
            if now >= deposit.destroy_at and seen_long_enough(deposit, now=now, who=TERM):
                plan_by_term(deposit=deposit, now=now)
                forget_look(deposit)
    else:
        _log.error("no key is destroyed by its term: %s", doubt.en)
    waiting = unfinished(by_term=doubt is None)
    for deletion_id in waiting:
        carry_out(deletion_id, vault=vault)
    return len(waiting)


def sweep(vault: Vault) -> int:
    """Set aside sealed files and keys that no row names, and erase unfinished ones; they hold sealed bytes only.
    Returns how many. Does nothing while the database may be an older one."""
    vault.bring_back(_named_files(), _named_keys())
    doubt = doubt_of_the_chain(vault.clock()) or doubt_of_the_clock(vault.clock())
    if doubt is not None:
        _log.error("nothing is swept: %s", doubt.en)
        return 0
    rows, deposits = _named_files(), _named_keys()
    oldest, swept = (vault.clock() - LEFT_ALONE).timestamp(), 0
    for path, changed in vault.files.all():
        if path not in rows and changed < oldest:
            swept += _put_away(vault.files.folder / path, vault.quarantine / "objects")
    for key in vault.keys.folder.glob("*"):
        orphan = key.name.startswith(UNFINISHED) or key.name not in deposits
        if orphan and key.stat().st_mtime < oldest:
            swept += _put_away(key, vault.quarantine / "keys")
    return swept


def erase_quarantine(vault: Vault, *, actor: Account, reason: str) -> int:
    """Erase for good what has been set aside, on record. Raises RequestError for who may not, StoreError while the
    database may be an older one."""
    must(actor, Action.WITNESS_VAULT_DELETION)
    reason, now = checked_reason(reason), vault.clock()
    doubt = doubt_of_the_chain(now) or doubt_of_the_clock(now)
    if doubt is not None:
        raise in_doubt(doubt)
    vault.bring_back(_named_files(), _named_keys())
    found = sorted(one for one in vault.quarantine.glob("*/*") if one.is_file())
    audit.tell(actor, "vault.quarantine_erased", "vault:quarantine", reason, now, {"files": len(found)})
    return sum(erase(one) for one in found)


def _put_away(path: Path, quarantine: Path) -> bool:
    if path.name.startswith(UNFINISHED):
        return erase(path)
    move_durably(path, quarantine / path.name)
    return True


def _named_files() -> set[str]:
    return set(VaultObject.objects.filter(deleted_at=None).values_list("sealed_path", flat=True))


def _named_keys() -> set[str]:
    standing = Deposit.objects.filter(keys_destroyed_at=None).values_list("pk", flat=True)
    return {f"{one}.key" for one in standing}


def verify(vault: Vault) -> tuple[int, list[Fault]]:
    """Check every standing object: its file is the one that was sealed, and opens. Returns how many, and the faults.

    Nothing that is read is given to anybody.
    """
    faults, count = [], 0
    for one in VaultObject.objects.filter(deleted_at=None).select_related("deposit").iterator(chunk_size=500):
        count += 1
        what = _fault_of(vault, one)
        if what:
            faults.append(Fault(str(one.pk), one.deposit.name, what))
    rows = set(VaultObject.objects.filter(deleted_at=None).values_list("sealed_path", flat=True))
    for path, _ in vault.files.all():
        if path not in rows:
            faults.append(Fault(path, "", "without_row"))
    return count, faults


def _fault_of(vault: Vault, one: VaultObject) -> str:
    try:
        if vault.files.sha256(one.sealed_path) != one.sealed_sha256:
            return "changed"
        content = hashlib.sha256()
        for chunk in vault.files.read(one.sealed_path, str(one.pk), one.version, vault.keys.get(str(one.deposit_id))):
            content.update(chunk)
    except FileNotFoundError:
        return "missing"
    except (SealBroken, KeyDestroyed):
        return "unreadable"
    return "" if content.hexdigest() == one.sha256 else "changed"
