"""What the data are, as one hash: changed when any input, truth or answer of practice changes, and telling none.

A truth is one of few words, so that its plain hash could be guessed: it is keyed (HMAC) with a key of the site.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter

from pandok.core.canonical import canonical, digest
from pandok.core.lab.case import CaseRole
from pandok.core.lab.registration import Manifest
from pandok.fields.lab.acts.packs.pack import Pack

LEAST_KEY_BYTES = 32


def manifest(pack: Pack, key: bytes) -> Manifest:
    """The manifest of a pack under this site's key (32 bytes or more)."""
    if len(key) < LEAST_KEY_BYTES:
        raise ValueError("the key of a manifest has 32 bytes or more")
    lines = []
    for case_id in sorted(pack.cases):
        case = pack.cases[case_id]
        said = canonical([case_id, list(pack.truth[case_id]), pack.practice.get(case_id, "")])
        keyed = hmac.new(key, said, hashlib.sha256).hexdigest()
        facts = digest([case.cluster, case.site, dict(case.groups)])
        lines.append([case_id, case.part, case.role, pack.hashes[case_id], facts, keyed])
    counts = Counter(str(one.part) for one in pack.cases.values() if one.role is CaseRole.QUERY)
    return Manifest(problem=pack.problem.id, cases=dict(sorted(counts.items())), root=digest(lines))
