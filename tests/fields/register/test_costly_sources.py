"""Register sources built to cost: read in processes with bounds, refused with words, and the next import goes on."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pandok.core.errors import ImportRefused
from pandok.engines.decoding.pool import DecodingPool
from pandok.fields.register.acts import preparing
from pandok.fields.register.acts import source_in_child as reading_there
from pandok.fields.register.acts.importing import ImportReport
from pandok.fields.register.models import Design, ImportRun, View
from tests.duties import unreadable
from tests.fields.register.importers.test_standards import event, hague
from tests.memory import growth

ST86 = "http://www.wipo.int/standards/XMLSchema/designs"


def transaction(inside: str, before: str = "") -> str:
    body = f"<DesignTransactionBody>{inside}</DesignTransactionBody>"
    return f'{before}<Transaction xmlns="{ST86}">{body}</Transaction>'


def design(inside: str = "") -> str:
    return f"<DesignApplication><DesignApplicationNumber>1</DesignApplicationNumber>{inside}</DesignApplication>"


XML: dict[str, Callable[[], str]] = {
    "a namespace of a megabyte before every name": lambda: transaction(
        design(f'<p xmlns:x="{"u" * 1_000_000}">' + "<x:a/>" * 200_000 + "</p>")
    ),
    "a namespace of a megabyte before every attribute": lambda: transaction(
        design(f'<p xmlns:x="{"u" * 1_000_000}">' + '<a x:b="1"/>' * 200_000 + "</p>")
    ),
    "a default of a megabyte for every element": lambda: transaction(
        design("<a/>" * 200_000), before=f'<!DOCTYPE Transaction [<!ATTLIST a b CDATA "{"v" * 1_000_000}">]>'
    ),
    "attributes without end": lambda: transaction(design("<a " + " ".join(f'n{n}=""' for n in range(200_000)) + "/>")),
    "namespaces without end": lambda: transaction(
        design("<a " + " ".join(f'xmlns:n{n}="u{n}" n{n}:b=""' for n in range(100_000)) + "/>")
    ),
    "a comment without end": lambda: transaction(design(f"<!--{'c' * 12_000_000}-->")),
    "a tag without end": lambda: transaction(design(f'<a b="{"v" * 12_000_000}"/>')),
    "a text without end": lambda: transaction(design(f"<a>{'t' * 12_000_000}</a>")),
    "nested within a record": lambda: transaction(design("<a>" * 100_000 + "</a>" * 100_000)),
    "nested beside the records": lambda: transaction("<a>" * 500_000 + "</a>" * 500_000),
    "elements without end": lambda: transaction(design("<a/>" * 300_000)),
    "an entity in an attribute": lambda: transaction(design('<a b="&x;"/>'), before='<!DOCTYPE a [<!ENTITY x "y">]>'),
    "a parameter entity": lambda: transaction(design(), before='<!DOCTYPE a [<!ENTITY % x "y"> %x;]>'),
}


@pytest.mark.parametrize("kind", XML)
def test_xml_built_to_cost_is_refused_and_takes_no_memory_of_the_service(register: Any, kind: str) -> None:
    file = register.folder / "a.xml"
    file.write_text(XML[kind](), encoding="utf-8")
    with growth() as grown:
        said = refused_by(lambda: register.run(file))
    assert said.error_code == "import.xml_dangerous"
    assert grown.most_bytes < 40_000_000
    assert Design.objects.count() == 0


@pytest.fixture
def bounds(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Narrow bounds for one test: of memory on top of the libraries, and of the work for a source."""
    made: list[DecodingPool] = []

    def narrow(*, memory_bytes: int = 400_000_000, processor_s: float = 60.0) -> None:
        pool = DecodingPool(2, memory_bytes=memory_bytes)
        made.append(pool)
        monkeypatch.setattr(reading_there, "reading_pool", lambda: pool)
        monkeypatch.setattr(preparing, "reading_pool", lambda: pool)
        monkeypatch.setattr(reading_there, "PROCESSOR_S", processor_s)
        monkeypatch.setattr(reading_there, "PROCESSOR_S_A_MB", 0.0)

    yield narrow
    for pool in made:
        pool.close()


def test_a_source_that_costs_too_much_work_is_stopped_and_the_next_is_read(
    register: Any, bounds: Callable[..., None]
) -> None:
    """Each of many designs is held against each of many events: two linear lists, a product of work."""
    bounds(processor_s=1.0)
    events = "".join(event("HagueRenewal", "<d:DesignIdentifier>x</d:DesignIdentifier>") for _ in range(15_000))
    file = register.folder / "a.xml"
    file.write_text(hague(events, designs=15_000), encoding="utf-8")
    said = refused_by(lambda: register.run(file))
    assert said.error_code == "import.too_costly"
    assert "나누어" in said.next_step.ko
    assert said.turn == "operator"
    assert ImportRun.objects.get().state == "interrupted"
    assert_the_next_is_read(register)


def test_a_source_that_costs_too_much_memory_is_stopped_and_the_next_is_read(
    register: Any, bounds: Callable[..., None]
) -> None:
    bounds(memory_bytes=60_000_000)
    register.write(["D1,h,a,,등록,1," + "x" * 80_000_000])
    with growth() as grown:
        said = refused_by(register.run)
    assert said.error_code == "import.too_costly"
    assert grown.most_bytes < 40_000_000
    assert_the_next_is_read(register)


def test_a_picture_that_costs_too_much_takes_no_other_with_it(register: Any, bounds: Callable[..., None]) -> None:
    bounds(memory_bytes=50_000_000)
    target = io.BytesIO()
    Image.fromarray(np.zeros((3900, 3900), np.float32)).save(target, "TIFF", compression="tiff_deflate")
    for number in range(3):
        register.picture(f"{number}.png", number)
    (register.folder / "bomb.tif").write_bytes(target.getvalue())
    register.write(["D0,h,a,,등록,1,0.png", "D1,h,a,,등록,1,bomb.tif", "D2,h,a,,등록,1,1.png", "D2,h,a,,등록,2,2.png"])
    report: ImportReport = register.run()
    assert [(one.code, one.design_id) for one in report.findings] == [("picture.too_costly", "D1")]
    assert (Design.objects.count(), View.objects.count()) == (3, 3)


def test_no_byte_of_a_source_is_parsed_in_the_process_that_imports(
    register: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("parsed in the service's own process")

    monkeypatch.setattr(reading_there, "detect", never)
    monkeypatch.setattr("pandok.fields.register.acts.picture_facts.inspect", never)
    monkeypatch.setattr("PIL.Image.open", never)
    monkeypatch.setattr("csv.reader", never)
    assert_the_next_is_read(register)


def test_a_source_that_may_not_be_read_is_said_to_be(register: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_there, "read_there", unreadable)
    register.write([])
    with pytest.raises(PermissionError, match="Permission denied"):
        register.run()


def refused_by(run: Callable[[], Any]) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        run()
    return refused.value


def assert_the_next_is_read(register: Any) -> None:
    register.picture("a.png")
    register.write(["D-next,h,a,,등록,1,a.png"])
    assert register.run().counts["designs_added"] == 1
