"""A package holds only as it was signed, by a key of the site that it names."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest

from pandok.core.canonical import canonical
from pandok.core.programme.hand_over import HAND_OVER_TYPE
from pandok.engines.hand_over.package import (
    ENVELOPE,
    PROOF,
    READER,
    README,
    STATEMENT,
    WITH_READER,
    WITHOUT_READER,
    PackageRefused,
    answer_in,
    answered,
    packed,
    unpacked,
)
from pandok.engines.proof_pack.keys import SiteKey
from tests.engines.hand_over import packages as some
from tests.engines.hand_over.packages import KEY, OTHER, SITE, TRUSTED, answer, statement, with_reader


def refused(act: Callable[..., object], *args: object) -> str:
    with pytest.raises(PackageRefused) as error:
        act(*args)
    return str(error.value.error_code)


def test_the_same_values_give_the_same_bytes_and_come_back() -> None:
    data = packed(statement(), some.PROOF, b"", KEY)
    assert data == packed(statement(), some.PROOF, b"", KEY)
    found = unpacked(data, TRUSTED)
    assert (found.statement, found.proof, found.reader, found.signed_by) == (statement(), some.PROOF, b"", KEY.key_id)
    whole = unpacked(packed(with_reader(), some.PROOF, some.READER, KEY), TRUSTED)
    assert (whole.statement, whole.reader) == (with_reader(), some.READER)


def test_every_part_that_was_changed_is_found() -> None:
    files = WITH_READER.unzipped(packed(with_reader(), some.PROOF, some.READER, KEY))
    better = json.loads(files[STATEMENT])
    better["kpis"][0]["value"] = 0.01
    changed = {
        PROOF: b"another proof",
        READER: b"another reader",
        README: files[README] + b"and more",
        STATEMENT: canonical(better),
    }
    for name, data in changed.items():
        assert refused(unpacked, WITH_READER.zipped(files | {name: data}), TRUSTED) == "hand_over.parts", name
    signed_anew = canonical(OTHER.sign(canonical(better), HAND_OVER_TYPE))
    both = files | {STATEMENT: canonical(better), ENVELOPE: signed_anew}
    assert refused(unpacked, WITH_READER.zipped(both), TRUSTED) == "hand_over.signature"


def test_a_statement_that_says_nothing_of_the_reader_carries_none() -> None:
    files = WITHOUT_READER.unzipped(packed(statement(), some.PROOF, b"", KEY))
    assert refused(unpacked, WITH_READER.zipped(files | {READER: b"x"}), TRUSTED) == "hand_over.parts"
    files = WITH_READER.unzipped(packed(with_reader(), some.PROOF, some.READER, KEY))
    assert refused(unpacked, WITHOUT_READER.zipped(files), TRUSTED) == "hand_over.parts"


def test_only_a_key_of_the_site_that_it_names_vouches_for_it() -> None:
    data = packed(statement(), some.PROOF, b"", KEY)
    assert refused(unpacked, data, []) == "hand_over.key"
    assert refused(unpacked, data, [SiteKey(OTHER.public, site=SITE)]) == "hand_over.signature"
    assert refused(unpacked, data, [SiteKey(KEY.public, site="부산 동구청")]) == "hand_over.site"


def test_what_is_no_package_is_refused_with_one_reason() -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../hand-over.json", "{}")
    data = packed(statement(), some.PROOF, b"", KEY)
    for wrong in (b"", b"PK", data[:-10], data + b"x", other.getvalue(), b"[" * 100_000):
        assert refused(unpacked, wrong, TRUSTED) == "hand_over.form"
    files = WITHOUT_READER.unzipped(data)
    for envelope in (b"[]", b"{", b"[" * 50_000, b'{"payload": 1}'):
        zipped = WITHOUT_READER.zipped(files | {ENVELOPE: envelope})
        assert refused(unpacked, zipped, TRUSTED) in ("hand_over.form", "hand_over.signature")


def test_an_answer_is_that_of_the_site_that_signed_it() -> None:
    keys = [SiteKey(OTHER.public, site="부산 동구청")]
    data = answered(answer(), OTHER)
    assert answer_in(data, keys) == answer()
    assert refused(answer_in, data, TRUSTED) == "hand_over.signature"
    assert refused(answer_in, answered(answer(site=SITE), OTHER), keys) == "hand_over.site"
    assert refused(answer_in, b" " * 200_000, keys) == "hand_over.form"
    hand_over = canonical(OTHER.sign(canonical(statement()), HAND_OVER_TYPE))
    assert refused(answer_in, hand_over, keys) == "hand_over.signature"
