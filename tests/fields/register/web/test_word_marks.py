"""Text on goods leads to word marks that sound or look alike, with the reason: reading page, register page, command."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.core.reading import MarksFound
from pandok.fields.register.models import Design, Holder
from tests.fields.counterfeit.web.test_capture import upload
from tests.fields.designs.fakes import photograph
from tests.world import Site


@pytest.fixture
def mark(site: Site) -> Design:  # noqa: ARG001
    holder = Holder.objects.create(name="시험 상사")
    return Design.objects.create(design_id="M1", word_mark="루모라 <b>", holder=holder, status="in force")


def test_text_on_goods_names_word_marks_by_sound_with_the_reason(site: Site, officer: Client, mark: Design) -> None:
    words = [{"text": "LUMORA", "confidence": 0.9, "box": {"x1": 0, "y1": 0, "x2": 9, "y2": 9}}]
    marks = MarksFound.model_validate({"words": words})
    site.desk.answer = site.desk.answer.model_copy(update={"marks": marks})
    address = officer.post("/", {"photographs": [upload(photograph())]})["Location"]
    page = officer.get(address).content.decode()
    assert "호칭·외관이 비슷한 문자상표" in page
    assert "호칭 유사: LUMORA ≈ 루모라 &lt;b&gt;" in page
    assert f'href="/designs/{mark.design_id}/"' in page
    assert "시험 상사" in page
    assert "담당자가 판단" in page


def test_what_is_typed_finds_word_marks_by_sound(officer: Client, mark: Design) -> None:
    page = officer.get("/designs/", {"words": "lumora"}).content.decode()
    assert "호칭 유사: lumora ≈ 루모라 &lt;b&gt;" in page
    assert "권리 존속" in page
    by_letters = officer.get("/designs/", {"words": "루모"}).content.decode()
    assert by_letters.count(f'href="/designs/{mark.design_id}/"') >= 1
    assert "호칭·외관이 비슷한 문자상표" not in officer.get("/designs/").content.decode()
    own = officer.get(f"/designs/{mark.design_id}/").content.decode()
    assert "문자상표" in own
    assert "<b>" not in own.split("루모라")[1][:5]


@pytest.mark.usefixtures("mark")
def test_the_command_finds_the_same() -> None:
    done = CliRunner().invoke(app, ["designs", "marks", "LUMORA", "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)[0]
    assert (found["design_id"], found["why"]["ko"]) == ("M1", "호칭 유사: LUMORA ≈ 루모라 <b>")


@pytest.mark.usefixtures("mark")
@pytest.mark.parametrize("asked", ["쿠쿠밥솥", "", "%%%"])
def test_the_command_says_that_none_is_near_and_that_this_is_no_clearance(asked: str) -> None:
    done = CliRunner().invoke(app, ["designs", "marks", asked])
    assert done.exit_code == 0, done.output
    assert "비슷한 문자상표가 없습니다. 권리가 없다는 뜻은 아닙니다." in done.stdout.replace("\n", " ")
