"""A word mark comes in by file and is found by sound at the page, the API and the command line."""

from __future__ import annotations

from typing import Any

import pytest

from pandok.fields.register import word_marks
from pandok.fields.register.models import Design
from pandok.fields.register.word_marks import find_word_marks


def test_word_marks_by_file_need_no_picture(register: Any, codes: Any) -> None:
    register.write(
        ["M1,루모라,시험 상사,등록,,", "M2,PELTRONA,둘째 상사,등록,,"],
        header="design_id,word_mark,holder,status,view,path",
    )
    assert codes(register.run()) == []
    assert find_word_marks(["PELTRONAH"])[0].design.design_id == "M2"
    found = find_word_marks(["LUMORA"])[0]
    assert (found.design.design_id, found.why.ko, found.why.en) == (
        "M1",
        "호칭 유사: LUMORA ≈ 루모라",
        "Sounds alike: LUMORA ≈ 루모라",
    )
    # A later import is seen.
    register.write(["M3,LUMORA,셋째 상사,등록,,"], header="design_id,word_mark,holder,status,view,path")
    register.run()
    assert [one.design.design_id for one in find_word_marks(["LUMORA"])] == ["M3", "M1"]


def test_marks_of_kiprisplus(register: Any, codes: Any) -> None:
    (register.folder / "t.xml").write_text(
        "<response><body><items><item><applicationNumber>4020990000077</applicationNumber><title>루모라</title>"
        "<applicantName>시험 상사</applicantName><applicationStatus>등록</applicationStatus>"
        "<classificationCode>18|25</classificationCode></item></items></body></response>",
        encoding="utf-8",
    )
    assert codes(register.run()) == []
    mark = Design.objects.get(design_id="4020990000077")
    assert (mark.word_mark, mark.status, mark.korean_class) == ("루모라", "in force", "")
    assert [(one.name, one.value) for one in mark.kept_fields.all()] == [("classificationCode", "18; 25")]


@pytest.mark.django_db(transaction=True)
def test_a_server_makes_the_index_beside_its_start(register: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    register.write(["M1,루모라,시험 상사,등록,,"], header="design_id,word_mark,holder,status,view,path")
    register.run()
    word_marks.make_beforehand().join()

    def nobody_waits(*_: object) -> None:
        raise AssertionError("the question made the index")

    monkeypatch.setattr(word_marks, "_make", nobody_waits)
    assert find_word_marks(["LUMORA"])[0].design.design_id == "M1"
