"""The vault of this site, joined from its settings."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from pandok.engines.vault.ledger_key import LedgerKey
from pandok.engines.vault.site_keys import FileSiteKey
from pandok.fields.lab.acts.vault.store import Clock, Vault
from pandok.fields.lab.models import VaultRecord
from pandok.settings import settings


def site_vault(home: Path | None = None, *, clock: Clock | None = None) -> Vault:
    """Sealed files in `home`/vault, the site's key where PANDOK_VAULT_KEY says, the ledger's key apart from both."""
    home = home or settings().home
    site_key = Path(settings().vault_key) if settings().vault_key else home / "keys" / "vault.key"
    ledger_key = Path(settings().ledger_key) if settings().ledger_key else home / "keys" / "ledger.key"
    return Vault(
        home / "vault",
        FileSiteKey(site_key),
        clock or (lambda: datetime.now(UTC)),
        os.urandom,
        ledger=LedgerKey(ledger_key, may_make=lambda: not VaultRecord.objects.exists()),
    )
