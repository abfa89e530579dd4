"""A proof holds as it was written, and in no other way."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pandok.core.canonical import canonical
from pandok.core.lab.evidence import (
    ClusteredCountsEvidence,
    MeanEvidence,
    Measured,
    PairedCountsEvidence,
)
from pandok.core.lab.proof_pack import PAYLOAD_TYPE, Statement
from pandok.engines.proof_pack import pack_bytes as pack
from pandok.engines.proof_pack.check_names import CHECKS, CheckName
from pandok.engines.proof_pack.keys import SiteKey, key_file, read_keys
from pandok.engines.proof_pack.pack_bytes import PackRefused, read_pack, unzipped, zipped
from pandok.engines.proof_pack.signing import SigningKey
from pandok.engines.proof_pack.verification import Checked, InForce, check_pack
from tests.engines.proof_pack.samples import AREAS, KEY, OTHER_KEY, SITE, both, measured, problem, proof

FILES = proof()[1]
ZIP = zipped(FILES)


def failed(checked: Checked) -> set[CheckName]:
    return {one.name for one in checked.checks if not one.held}


def signed_again(files: dict[str, bytes], change: dict[str, Any], key: SigningKey = KEY) -> dict[str, bytes]:
    """The pack as a site would sign it that wanted to say something else."""
    statement = canonical(Statement.model_validate(json.loads(files[pack.STATEMENT]) | change))
    envelope = canonical(key.sign(statement, PAYLOAD_TYPE))
    changed = files | {pack.STATEMENT: statement, pack.ENVELOPE: envelope}
    return changed | {pack.SUMS: pack.sums_of(changed)}


def test_a_proof_holds_and_every_check_has_its_words() -> None:
    checked = check_pack(unzipped(ZIP), [KEY.public])
    assert failed(checked) == set()
    assert [one.name for one in checked.checks] == list(CheckName)
    assert set(CHECKS) == set(CheckName)
    assert checked.recomputed is not None
    assert checked.recomputed.verdict == "proven"


def test_the_same_values_give_the_same_bytes() -> None:
    assert zipped(proof()[1]) == ZIP


def test_a_folder_is_checked_like_its_zip(tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    assert read_pack(tmp_path) == unzipped(ZIP)


def test_without_the_right_key_nothing_is_signed() -> None:
    for keys in ([], [OTHER_KEY.public]):
        assert failed(check_pack(FILES, keys)) == {CheckName.SIGNATURE, CheckName.SITE, CheckName.HEAD}
    assert failed(check_pack(FILES, [OTHER_KEY.public, KEY.public])) == set()


@given(st.integers(0, len(ZIP) - 1), st.integers(1, 255))
@settings(max_examples=150, deadline=None)
def test_any_changed_byte_of_the_zip_is_found(place: int, change: int) -> None:
    changed = bytearray(ZIP)
    changed[place] ^= change
    with contextlib.suppress(PackRefused):
        assert not check_pack(unzipped(bytes(changed)), [KEY.public]).holds


@given(st.sampled_from(pack.NAMES), st.data(), st.integers(1, 255))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_changed_byte_of_a_folder_is_found(name: str, data: st.DataObject, change: int) -> None:
    content = bytearray(FILES[name])
    content[data.draw(st.integers(0, len(content) - 1))] ^= change
    with contextlib.suppress(PackRefused):
        assert not check_pack(FILES | {name: bytes(content)}, [KEY.public]).holds


@pytest.mark.parametrize("name", pack.NAMED_BY_STATEMENT)
def test_a_file_with_its_sum_put_right_is_still_found(name: str) -> None:
    """Who changes a file and SHA256SUMS with it must still sign the statement again."""
    changed = FILES | {name: FILES[name].replace(b" ", b"", 1) + b"\n"}
    changed |= {pack.SUMS: pack.sums_of(changed)}
    with contextlib.suppress(PackRefused):
        assert CheckName.FILES in failed(check_pack(changed, [KEY.public]))


LIES: list[tuple[dict[str, Any], CheckName]] = [
    ({"verdict": "inferior"}, CheckName.VERDICT),
    ({"site": "Incheon"}, CheckName.FACTS),
    ({"registered_at": "2026-03-01T03:00:00Z"}, CheckName.BEFORE),
    ({"registration_sha256": "f" * 64}, CheckName.REGISTRATION),
    ({"title": {"ko": "다른 것", "en": "Something else"}}, CheckName.FACTS),
    ({"places": {"registered": 6, "opened": 2, "released": 10}}, CheckName.BEFORE),
    ({"places": {"registered": 2, "opened": 3, "released": 10}}, CheckName.BEFORE),
    ({"places": {"registered": 2, "opened": 6, "released": 99}}, CheckName.BEFORE),
    ({"printed": []}, CheckName.INTERVALS),
    ({"files": {}}, CheckName.FILES),
]


@pytest.mark.parametrize(("change", "name"), LIES)
def test_a_site_cannot_sign_what_its_numbers_do_not_say(change: dict[str, Any], name: CheckName) -> None:
    assert name in failed(check_pack(signed_again(FILES, change), [KEY.public]))


def test_another_interval_than_that_of_the_counts_is_found() -> None:
    printed = json.loads(FILES[pack.STATEMENT])["printed"]
    printed[0]["low"] += 1e-4
    assert failed(check_pack(signed_again(FILES, {"printed": printed}), [KEY.public])) == {CheckName.INTERVALS}


def test_more_cases_than_were_registered_are_found() -> None:
    many = measured(PairedCountsEvidence(only_model=100, only_practice=20, pairs=900))
    assert CheckName.FACTS in failed(check_pack(proof(numbers=many)[1], [KEY.public]))


def test_a_ledger_signed_by_somebody_else_is_found() -> None:
    theirs = json.loads(proof(key=OTHER_KEY)[1][pack.LEDGER])["head"]
    ledger = json.loads(FILES[pack.LEDGER]) | {"head": theirs}
    changed = FILES | {pack.LEDGER: canonical(ledger)}
    assert CheckName.HEAD in failed(check_pack(changed, [KEY.public]))


@pytest.mark.parametrize(("place", "field"), [(0, "hash"), (1, "hash"), (2, "previous_hash")])
def test_a_ledger_with_an_exchanged_hash_is_broken(place: int, field: str) -> None:
    ledger = json.loads(FILES[pack.LEDGER])
    ledger["entries"][place][field] = "0" * 64
    assert CheckName.CHAIN in failed(check_pack(FILES | {pack.LEDGER: canonical(ledger)}, [KEY.public]))


def test_a_ledger_with_a_changed_or_moved_event_is_broken() -> None:
    for change in ({"reason": "because"}, {"at": "2026-03-02T04:00:00Z"}):
        ledger = json.loads(FILES[pack.LEDGER])
        ledger["entries"][0]["event"] |= change
        assert CheckName.CHAIN in failed(check_pack(FILES | {pack.LEDGER: canonical(ledger)}, [KEY.public]))
    ledger = json.loads(FILES[pack.LEDGER])
    ledger["entries"].reverse()
    assert CheckName.CHAIN in failed(check_pack(FILES | {pack.LEDGER: canonical(ledger)}, [KEY.public]))


@pytest.mark.parametrize(
    ("metric", "evidence", "more", "verdict"),
    [
        ("accuracy", PairedCountsEvidence(only_model=20, only_practice=40, pairs=160), {}, "inferior"),
        ("accuracy", PairedCountsEvidence(only_model=21, only_practice=20, pairs=160), {}, "not_proven"),
        ("accuracy", PairedCountsEvidence(only_model=40, only_practice=20, pairs=159), {}, "undecidable"),
        (
            "accuracy",
            ClusteredCountsEvidence(
                cases=400, clusters=20, only_model=60, only_practice=20, mean=0.1, deviation=0.1, spread=0.022
            ),
            {"clustered": True},
            "proven",
        ),
        ("auc", AREAS, {"planned_n": 11}, "not_proven"),
        (
            "mean_absolute_error",
            MeanEvidence(cases=200, difference=0.5, deviation=1.0),
            {"output": {"task": "number", "unit": "kg"}},
            "proven",
        ),
    ],
)
def test_every_kind_of_evidence_leads_to_its_verdict(metric: str, evidence: Any, more: Any, verdict: str) -> None:
    of = problem(endpoints=[{"metric": metric, "aim": "superiority"}], **more)
    statement, files = proof(of=of, numbers=measured(evidence))
    assert statement.verdict == verdict
    assert failed(check_pack(files, [KEY.public])) == set()


def test_conditions_are_computed_again() -> None:
    for change in ({"sandbox_level": 1}, {"missing": 1}, {"commits_in_order": False}):
        assert proof(numbers=measured(**change))[0].verdict == "undecidable"


def test_independent_counts_are_no_evidence_for_clustered_cases() -> None:
    statement, _ = proof()
    with pytest.raises(ValueError, match="clustered"):
        proof(of=problem(clustered=True), numbers=statement.measured)
    with pytest.raises(ValueError, match="differ in number"):
        proof(numbers=Measured(**(statement.measured.model_dump() | {"reached": 161})))


def test_sentences_of_a_statement_are_signed_too() -> None:
    told = {"sentences": [both("Everything was shown.").model_dump()]}
    changed = canonical(Statement.model_validate(json.loads(FILES[pack.STATEMENT]) | told))
    files = FILES | {pack.STATEMENT: changed}
    assert failed(check_pack(files | {pack.SUMS: pack.sums_of(files)}, [KEY.public])) == {
        CheckName.SIGNATURE,
        CheckName.SITE,
    }


def site_key(key: SigningKey, site: str) -> list[str]:
    return [SiteKey(key.public, site=site)]


def test_a_key_speaks_for_its_own_site_only() -> None:
    assert failed(check_pack(FILES, site_key(KEY, SITE))) == set()
    assert failed(check_pack(FILES, site_key(KEY, f"  {SITE} "))) == set()
    for other in ("Incheon", "busan", f"{SITE} port"):
        assert failed(check_pack(FILES, site_key(KEY, other))) == {CheckName.SITE}
    both = [*site_key(KEY, "Incheon"), *site_key(OTHER_KEY, SITE)]
    assert failed(check_pack(FILES, both)) == {CheckName.SITE}


def test_a_site_that_was_renamed_is_trusted_under_both_names() -> None:
    both = [*site_key(KEY, "Busan main customs"), *site_key(KEY, SITE)]
    assert failed(check_pack(FILES, both)) == set()


def test_a_statement_that_names_another_site_is_no_proof_of_it() -> None:
    """The holder of a trusted key writes another site's name into everything that it signs."""
    elsewhere = signed_again(FILES, {"site": "Incheon"})
    checked = failed(check_pack(elsewhere, site_key(KEY, SITE)))
    assert CheckName.SITE in checked
    assert CheckName.FACTS in checked


def test_the_head_is_signed_by_the_key_that_signed_the_statement() -> None:
    both = [*site_key(KEY, SITE), *site_key(OTHER_KEY, SITE)]
    mixed = signed_again(FILES, {}, OTHER_KEY)
    assert failed(check_pack(mixed, both)) == {CheckName.HEAD}


def test_a_key_file_names_the_site_of_each_key() -> None:
    text = key_file(KEY.public, site="부산  세관") + key_file(OTHER_KEY.public, site="Incheon")
    assert [(str(one), one.site) for one in read_keys(text.encode())] == [
        (KEY.public, "부산 세관"),
        (OTHER_KEY.public, "Incheon"),
    ]
    assert [one.site for one in read_keys(f"{KEY.public}\n".encode())] == [""]


def test_it_is_in_force_from_its_making_to_the_end_of_its_last_day() -> None:
    checked = check_pack(FILES, [KEY.public])
    made, last = checked.values.statement.made_at, checked.values.statement.expires_on
    assert checked.in_force(made - timedelta(seconds=1)) is InForce.NOT_YET
    assert checked.in_force(made) is InForce.YES
    end = datetime(last.year, last.month, last.day, 23, 59, tzinfo=UTC)
    assert checked.in_force(end) is InForce.YES
    assert checked.in_force(end + timedelta(minutes=1)) is InForce.EXPIRED


def test_it_cannot_expire_before_it_was_made() -> None:
    assert CheckName.FACTS in failed(check_pack(proof(expires_on=date(2020, 1, 1))[1], [KEY.public]))
