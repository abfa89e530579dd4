"""The one question: was this record used, by whom, when, for which run and model, and what left?"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError
from pandok.engines.vault.ledger_key import LedgerKey
from pandok.fields.lab.acts.vault.lineage import edges_of, model_made_from, with_descendants
from pandok.fields.lab.acts.vault.uses import UseRow, answer_about, hashes_of, uses_of
from pandok.fields.lab.acts.vault.what_left import note_what_left
from pandok.fields.lab.models import VaultObject
from tests.fields.lab.acts.vault.conftest import NOW, Lab
from tests.roles import Action, Role, may

MODEL = "b" * 64


def ask(lab: Lab, text: str = "", data: bytes | None = None) -> list[UseRow]:
    return uses_of(*hashes_of(lab.vault.ledger, text=text, data=data))


def open_for_run(lab: Lab, object: VaultObject, run: str) -> None:
    asked: dict[str, Any] = {"actor": None, "purpose": "score", "project": lab.project()}
    lab.vault.open(object, run_id=run, model_sha256=MODEL, **asked)


@pytest.fixture(name="way")
def _way(lab: Lab) -> dict[str, VaultObject]:
    """raw → masked → two splits of one table; a model came of the first."""
    deposit = lab.deposit()
    lab.grant(deposit, runner=True, days=100)
    put = lab.vault.put
    raw = put(deposit, "t.csv", b"id\n1\n2\n3\n", "raw", records=["1", "2", "3"])
    masked = put(deposit, "m.csv", b"masked", "masked", made_from=[raw], step="mask", tool="pandok 1")
    split: dict[str, Any] = {"made_from": [raw], "step": "split", "tool": "pandok 1", "same_ids": True}
    one = put(deposit, "a.csv", b"id\n1\n2\n", "split", records=["1", "2"], **split)
    two = put(deposit, "b.csv", b"id\n3\n", "split", records=["3"], **split)
    model_made_from(objects=[one], model_sha256=MODEL, step="train", tool="trainer 2", actor=lab.steward, now=NOW)
    return {"raw": raw, "masked": masked, "a": one, "b": two}


def test_who_when_what_for_which_run_and_model_and_what_left(lab: Lab, way: dict[str, VaultObject]) -> None:
    lab.clock.forward(hours=1)
    open_for_run(lab, way["a"], "run-1")
    lab.clock.forward(hours=1)
    note_what_left(
        what="verdict", sha256="c" * 64, run_id="run-1", actor=lab.person(Role.OUTPUT_CHECKER), now=lab.clock()
    )
    rows = ask(lab, "1")
    assert [(row.sort, row.object_name) for row in rows if row.sort != "held"] == [
        ("model", "a.csv"),
        ("opened", "a.csv"),
        ("left", "a.csv"),
    ]
    look = next(row for row in rows if row.sort == "opened")
    assert (look.who, look.purpose, look.run_id, look.model_sha256, look.project, look.certain) == (
        "",
        "score",
        "run-1",
        MODEL,
        "parcel marks",
        True,
    )
    left = next(row for row in rows if row.sort == "left")
    assert (left.who, left.what, left.run_id, left.model_sha256) == ("output-checker", "verdict", "run-1", "c" * 64)
    assert (look.at - NOW).total_seconds() == 3600


def test_it_is_one_query(lab: Lab, way: dict[str, VaultObject]) -> None:
    open_for_run(lab, way["a"], "run-1")
    hashes = hashes_of(lab.vault.ledger, text="1")
    with CaptureQueriesContext(connection) as queries:
        uses_of(*hashes)
    assert len(queries) == 1


def test_a_record_that_was_left_out_of_a_split_was_not_used_by_it(lab: Lab, way: dict[str, VaultObject]) -> None:
    open_for_run(lab, way["a"], "run-1")
    assert {row.object_name for row in ask(lab, "3") if row.sort == "held"} == {"t.csv", "m.csv", "b.csv"}
    assert [row for row in ask(lab, "3") if row.sort in ("opened", "model")] == []


def test_where_records_are_not_listed_the_answer_says_perhaps(lab: Lab, way: dict[str, VaultObject]) -> None:
    open_for_run(lab, way["masked"], "run-2")
    [look] = [row for row in ask(lab, "3") if row.sort == "opened"]
    assert (look.object_name, look.certain) == ("m.csv", False)


def test_a_whole_file_is_found_by_content_and_by_sha256(lab: Lab, way: dict[str, VaultObject]) -> None:
    open_for_run(lab, way["b"], "run-3")
    by_file, by_sha256 = ask(lab, data=b"id\n1\n2\n3\n"), ask(lab, way["raw"].sha256.upper())
    assert [row.object_name for row in by_file] == [row.object_name for row in by_sha256]
    assert {row.object_name for row in by_file if row.sort == "held"} == {"t.csv", "m.csv", "a.csv", "b.csv"}
    assert [row.run_id for row in by_file if row.sort == "opened"] == ["run-3"]


@pytest.mark.usefixtures("way")
def test_an_unknown_record_and_another_sites_key_find_nothing(lab: Lab) -> None:
    assert (ask(lab, "4"), ask(lab, data=b"other")) == ([], [])
    assert uses_of(*hashes_of(LedgerKey(lab.home / "other.key"), text="1")) == []


@pytest.mark.usefixtures("way")
def test_only_who_may_see_the_vault_asks_and_the_asking_is_written(lab: Lab) -> None:
    asked: dict[str, Any] = {"ledger": lab.vault.ledger, "now": NOW, "text": "1"}
    for role in Role:
        if may(frozenset({role}), Action.SEE_VAULT):
            assert answer_about(actor=lab.person(role), **asked)
        else:
            with pytest.raises(RequestError):
                answer_about(actor=lab.person(role), **asked)
    entries = AuditEntry.objects.filter(action="vault.asked")
    assert set(entries.values_list("actor", flat=True)) == {"data-steward", "lab-operator", "auditor"}
    assert "1" not in {entry.object for entry in entries}


def test_the_lineage_is_known_by_step_and_tool(way: dict[str, VaultObject]) -> None:
    assert edges_of(way["raw"].deposit) == [
        ("raw", "masked", "mask", "pandok 1", 1),
        ("raw", "split", "split", "pandok 1", 2),
        ("split", "model", "train", "trainer 2", 1),
    ]
    assert with_descendants([way["raw"]]) == {one.pk for one in way.values()}
    assert with_descendants([way["a"]]) == {way["a"].pk}
