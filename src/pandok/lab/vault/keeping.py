"""The vault's returning work: deposits whose term is over lose their key; what a crash left behind is swept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from pandok.desk.jobs.registry import every
from pandok.desk.jobs.work import Work
from pandok.engines.durable import UNFINISHED, erase
from pandok.engines.vault.ciphers import SealBroken
from pandok.engines.vault.deposit_keys import KeyDestroyed
from pandok.lab.models import Deposit, VaultObject
from pandok.lab.vault.deleting import carry_out, plan_by_term, unfinished
from pandok.lab.vault.opening import site_vault
from pandok.lab.vault.store import Vault

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
    del work
    vault = site_vault()
    end_terms(vault)
    sweep(vault)


def end_terms(vault: Vault) -> int:
    """Delete what has expired long enough, and finish what was interrupted. Returns how many deletions were done."""
    now = vault.clock()
    for deposit in Deposit.objects.filter(keys_destroyed_at=None, expires_at__lte=now):
        plan_by_term(deposit=deposit, now=now)
    waiting = unfinished()
    for deletion_id in waiting:
        carry_out(deletion_id, vault=vault)
    return len(waiting)


def sweep(vault: Vault) -> int:
    """Erase sealed files that no row names, and unfinished ones; they hold sealed bytes only."""
    rows = set(VaultObject.objects.filter(deleted_at=None).values_list("sealed_path", flat=True))
    oldest, swept = (vault.clock() - LEFT_ALONE).timestamp(), 0
    for path, changed in vault.files.all():
        if path not in rows and changed < oldest:
            swept += erase(vault.files.folder / path)
    deposits = {str(one) for one in Deposit.objects.filter(keys_destroyed_at=None).values_list("pk", flat=True)}
    for key in vault.keys.folder.glob("*"):
        orphan = key.name.startswith(UNFINISHED) or key.stem not in deposits
        if orphan and key.stat().st_mtime < oldest:
            swept += erase(key)
    return swept


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
