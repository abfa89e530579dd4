"""Tables: how much is found and how much is taken for personal data that is none; on invented persons."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.fields.lab.acts.vault.masking.table_form import Table, read_table
from pandok.fields.lab.acts.vault.masking.tables import mask_table, mask_text, pseudonym
from tests.fields.lab.acts.vault.masking.people import People

KEY = b"k" * 32
ROWS = 300
Maker = Callable[[People], str]
PERSONAL: dict[str, tuple[str, Maker]] = {
    "성명": ("name", People.name),
    "customer_name": ("name", People.name),
    "주민등록번호": ("resident_number", People.resident_number),
    "no dash": ("resident_number", lambda people: people.resident_number(dash=False)),
    "외국인등록번호": ("foreigner_number", lambda people: people.resident_number(foreigner=True)),
    "연락처": ("phone", People.phone),
    "f1": ("phone", People.phone),
    "f2": ("email", People.email),
    "f3": ("card", People.card),
    "f4": ("passport", People.passport),
    "f5": ("driver_licence", People.driver_licence),
    "계좌번호": ("account", People.account),
    "f6": ("address", People.address),
    "f7": ("name", People.name),
}
HARMLESS: dict[str, Maker] = {
    "신고번호": People.reference,
    "amount": People.amount,
    "product_name": People.goods,
    "품명": People.goods,
    "신고일": People.day,
    "hs": People.code,
    "거래처명": lambda people: people.one_of("한빛무역", "대한상사", "서울물산"),
    "f8": lambda people: people.one_of("0", "1", "0.25", "-3"),
}


def drawn(columns: dict[str, Maker], seed: int = 1) -> Table:
    people = People(seed)
    return Table(tuple(columns), tuple(tuple(make(people) for make in columns.values()) for _ in range(ROWS)))


def test_every_personal_column_is_found_by_its_kind_and_no_value_stays() -> None:
    table = drawn({heading: make for heading, (_, make) in PERSONAL.items()})
    masked, report = mask_table(table, KEY)
    assert {one.columns[0]: one.kind for one in report.found} == {name: kind for name, (kind, _) in PERSONAL.items()}
    assert sum(one.count for one in report.found) == ROWS * len(PERSONAL)
    written = masked.as_csv().decode()
    assert not [cell for row in table.rows for cell in row if cell in written]
    assert not [cell for row in table.rows for cell in row if cell in report.model_dump_json()]


def test_no_other_column_is_changed() -> None:
    table = drawn(HARMLESS)
    masked, report = mask_table(table, KEY)
    assert masked == table
    assert report.found == ()


def test_a_single_number_in_a_column_of_remarks_is_removed() -> None:
    rows = (*[("문의 없음",)] * 99, ("문의 010-1234-5678",))
    masked, report = mask_table(Table(("비고",), rows), KEY)
    assert masked.rows[-1] == ("문의 [phone]",)
    assert [(one.kind, one.count, one.treatment) for one in report.found] == [("phone", 1, "removed")]


def test_an_account_without_heading_is_not_found_and_that_is_known() -> None:
    """Its form is that of many numbers: found by heading or by a word beside it only."""
    _, report = mask_table(drawn({"f": People.account}), KEY)
    assert report.found == ()


def test_equal_values_stay_equal_and_other_keys_give_others() -> None:
    assert pseudonym("010-1234-5678", "phone", KEY) == pseudonym("01012345678", "phone", KEY)  # type: ignore[arg-type]
    assert pseudonym("a", "name", KEY) != pseudonym("a", "name", b"j" * 32)  # type: ignore[arg-type]
    assert pseudonym("a", "name", KEY) != pseudonym("a", "email", KEY)  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_tables_are_read_as_korean_offices_write_them(encoding: str, delimiter: str) -> None:
    data = f"번호{delimiter}품명\n1{delimiter}신발\n2{delimiter}지갑\n".encode(encoding)
    table = read_table(data)
    assert table == Table(("번호", "품명"), (("1", "신발"), ("2", "지갑")))
    assert table is not None
    assert table.ids() == ["1", "2"]


@pytest.mark.parametrize("data", [b"", b"a,b\n1\n", b"\x00\x01", b"\xff\xfe\xfd", b'a,"b\n1,2'])
def test_what_is_no_table_is_none(data: bytes) -> None:
    assert read_table(data) is None


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), min_size=1, max_size=8))
def test_masking_keeps_the_form_of_any_table(rows: list[tuple[str, str]]) -> None:
    masked, _ = mask_table(Table(("a", "b"), tuple(rows)), KEY)
    assert [len(row) for row in masked.rows] == [2] * len(rows)


def test_text_is_masked_with_counts() -> None:
    masked, report = mask_text("전화 010-1234-5678, 010-1111-2222\n메일 a@b.example.kr\n")
    assert masked == "전화 [phone], [phone]\n메일 [email]\n"
    assert {one.kind: one.count for one in report.found} == {"phone": 2, "email": 1}
