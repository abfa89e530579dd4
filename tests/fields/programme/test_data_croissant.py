"""A data set's description in Croissant: as mlcroissant 1.1.1 read it without error or warning, records too.

`mlcroissant` itself is not installed here (docs/understand/data-quality.md says why); what it holds a description to is
in `faults`, and this is the one that it read.
"""

from __future__ import annotations

from typing import Any

import pytest

from pandok.fields.lab.acts.vault.croissant import faults
from pandok.fields.programme.acts.data_sets.reports import plan_of
from pandok.fields.programme.lists.data_croissant import described
from tests.fields.programme.data_dam import reported

ADDRESS = "https://desk.example/data-sets/1/"


@pytest.fixture
def found(db: None) -> dict[str, Any]:  # noqa: ARG001
    report = reported("r99,-5,010-1234-5678,yes,no,test")
    return described(report.version.data_set, plan_of(report.version), report, address=ADDRESS)


def test_it_is_what_mlcroissant_read(found: dict[str, Any]) -> None:
    assert faults(found) == []
    assert found["citeAs"] == f"북구청 (2026). 지하차도 수위와 통제 기록 ({found['name']}, v1). {ADDRESS}"
    assert [(one["@type"], one["@id"], one["includes"]) for one in found["distribution"]] == [
        ("cr:FileSet", "table", "*.csv")
    ]
    columns = [(one["@id"], one["name"], one["dataType"], one["source"]) for one in found["recordSet"][0]["field"]]
    assert columns == [
        (f"rows/{number}", name, kind, {"fileSet": {"@id": "table"}, "extract": {"column": name}})
        for number, (name, kind) in enumerate(
            [
                ("id", "sc:Text"),
                ("depth_mm", "sc:Float"),
                ("memo", "sc:Text"),
                ("closed", "sc:Text"),
                ("closed_2", "sc:Text"),
                ("split", "sc:Text"),
            ],
            1,
        )
    ]


def test_what_it_would_refuse_is_missed(found: dict[str, Any]) -> None:
    first, second, third, *_ = found["recordSet"][0]["field"]
    first["source"]["fileSet"]["@id"] = "elsewhere"
    second["@id"] = first["@id"]
    del third["dataType"]
    del third["source"]["extract"]
    found["@context"].pop("samplingRate")
    assert faults(found) == [
        "@context lacks samplingRate",
        "field rows/1 is read from elsewhere, which is not distributed",
        "two things are named rows/1",
        "field rows/3 lacks dataType",
        "field rows/3 does not say what of its source it is",
    ]
