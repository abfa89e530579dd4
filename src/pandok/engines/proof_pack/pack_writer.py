"""A pack from its values: every other file is named by the statement, and the statement is signed."""

from __future__ import annotations

import hashlib

from pandok.core.canonical import canonical
from pandok.core.lab.proof_pack import HEAD_TYPE, PAYLOAD_TYPE, Head, Ledger, LedgerEntry, Statement
from pandok.core.lab.registration import Registration
from pandok.engines.proof_pack import pack_bytes as pack
from pandok.engines.proof_pack.readme import readme
from pandok.engines.proof_pack.signing import SigningKey


def signed_ledger(entries: tuple[LedgerEntry, ...], head: Head, key: SigningKey) -> Ledger:
    return Ledger(entries=entries, head=key.sign(canonical(head), HEAD_TYPE))


def written(
    *,
    statement: Statement,
    registration: Registration,
    comparison: bytes,
    report_json: bytes,
    report_pdf: bytes,
    ledger: Ledger,
    key: SigningKey,
) -> tuple[Statement, dict[str, bytes]]:
    """The statement with the hashes of its files, and all files of the pack. The same values give the same bytes."""
    content = {
        pack.REGISTRATION: canonical(registration),
        pack.COMPARISON: comparison,
        pack.REPORT_JSON: report_json,
        pack.REPORT_PDF: report_pdf,
        pack.LEDGER: canonical(ledger),
        pack.README: readme(statement),
    }
    hashes = {name: hashlib.sha256(content[name]).hexdigest() for name in pack.NAMED_BY_STATEMENT}
    full = statement.model_copy(update={"files": hashes})
    content[pack.STATEMENT] = canonical(full)
    content[pack.ENVELOPE] = canonical(key.sign(content[pack.STATEMENT], PAYLOAD_TYPE))
    content[pack.SUMS] = pack.sums_of(content)
    return full, content
