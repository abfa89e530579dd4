"""The page of one reading: verdict, evidence, marks, boxes, and reading again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from pandok.core.reading import Box, ComparedView, LookAlikes, MarksFound
from pandok.engines.encoders.reader_files import shipped_model
from pandok.fields.designs.models import ReadingRecord
from tests.fields.counterfeit.web.test_capture import upload
from tests.fields.designs.fakes import photograph, remark
from tests.roles import Role
from tests.world import Site


@pytest.fixture
def read(site: Site, officer: Client) -> Callable[..., tuple[str, str]]:
    """Read a photograph with a changed answer; the address of the reading and its page."""

    def post(**changes: object) -> tuple[str, str]:
        site.desk.answer = site.desk.answer.model_copy(update=changes)
        address = officer.post("/", {"photographs": [upload(photograph())]})["Location"]
        return address, officer.get(address).content.decode()

    return post


Read = Callable[..., tuple[str, str]]


def test_candidates_show_who_holds_what_and_why(site: Site, read: Read) -> None:
    _, page = read()
    for words in (
        "Nordlys Design AS",
        "30-1080001",
        "권리 존속",
        "세관 신고 완료",
        "83%",
        "유사 가능성 높음",
        "사시도",
        "AQUA 500 mL",
    ):
        assert words in page
    assert "사진의 위 – 등록도면의 위" in page
    assert f'src="/pictures/{site.views[0]}"' in page
    assert page.count('class="edge"') == 2 * (3 + 2 + 1)


def test_no_page_says_what_only_a_court_may(read: Read) -> None:
    _, page = read()
    for word in ("위조", "짝퉁", "가품", "fake", "counterfeit"):
        assert word not in page.lower()


def test_an_empty_search_is_not_said_to_have_found_nothing_close(read: Read) -> None:
    _, page = read(outcome="nothing_close", candidates=(), searched_views=0)
    assert "검색한 등록도면이 없습니다" in page
    assert "도면 색인을 요청" in page
    assert "유사한 등록디자인이 없습니다" not in page


def test_nothing_close_says_so_first_and_lists_below_the_line(read: Read) -> None:
    _, page = read(outcome="nothing_close")
    assert "유사한 등록디자인이 없습니다" in page
    assert page.index("권리가 없다는 뜻은 아닙니다") < page.index("기준 미달") < page.index("Nordlys")
    assert 'class="card candidate"' not in page


def test_unreadable_says_why(read: Read) -> None:
    _, page = read(outcome="unreadable", candidates=(), remarks=(remark(blocking=True),))
    assert "판독하지 못했습니다" in page
    assert "조금 어둡습니다" in page


def test_better_photographs_are_added_without_sending_the_good_ones_again(site: Site, officer: Client) -> None:
    site.desk.answer = site.desk.answer.model_copy(
        update={"outcome": "unreadable", "candidates": (), "remarks": (remark(photograph_index=1, blocking=True),)}
    )
    two = [upload(photograph()), upload(photograph(20))]
    address = officer.post("/", {"photographs": two})["Location"]
    record = ReadingRecord.objects.get(id=address.split("/")[2])
    assert f'value="{record.id}"' in officer.get(address).content.decode()
    page = officer.post("/", {"more": str(record.id)}, follow=True)
    assert [one.sha256 for one in page.context["pending"]] == [record.signal.photographs.first().sha256]
    assert site.client(Role.OFFICER, "another").post("/", {"more": str(record.id)}).status_code == 404
    assert officer.post("/", {"more": "nothing"}).status_code == 404


def test_a_view_whose_file_is_gone_does_not_break_the_page(site: Site, read: Read) -> None:
    site.blobs.path(site.views[0]).unlink()
    _, page = read()
    assert "이 도면의 파일이 저장소에 없습니다" in page


def test_hostile_words_on_the_goods_stay_text(read: Read) -> None:
    marks = {
        "words": [
            {"text": "<img src=x onerror=alert(1)>", "confidence": 0.9, "box": {"x1": 0, "y1": 0, "x2": 9, "y2": 9}}
        ]
    }
    _, page = read(marks=MarksFound.model_validate(marks))
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_text_on_the_goods_leads_to_the_register(officer: Client, read: Read) -> None:
    """A holder's name or a number that was read is looked for by one tap."""
    words = [{"text": "한빛 & Co", "confidence": 0.9, "box": {"x1": 0, "y1": 0, "x2": 9, "y2": 9}}]
    _, page = read(marks=MarksFound.model_validate({"words": words}))
    address = re.search(r'href="(/designs/\?words=[^"]+)"', page)
    assert address is not None
    found = officer.get(address[1])
    assert found.status_code == 200
    assert 'value="한빛 &amp; Co"' in found.content.decode()


def test_another_box_is_read_again_and_the_first_reading_stays(site: Site, officer: Client, read: Read) -> None:
    goods = (Box(x1=150, y1=130, x2=430, y2=1070), Box(x1=600, y1=430, x2=810, y2=1080))
    address, page = read(goods=(goods,))
    assert 'value="0:600,430,810,1080"' in page
    answer = officer.post(f"{address}again/", {"box": "0:600,430,5000,5000", "locarno_class": "09"})
    again = ReadingRecord.objects.get(id=answer["Location"].split("/")[2])
    assert again.boxes == [[600, 430, 900, 1200]]
    assert again.filters["locarno_class"] == "09"
    assert site.desk.calls[1]["boxes"] == [Box(x1=600, y1=430, x2=900, y2=1200)]
    assert ReadingRecord.objects.count() == 2
    assert again.signal == ReadingRecord.objects.exclude(id=again.id).get().signal


@pytest.mark.parametrize("box", ["0:1,2", "0:5,5,6,6", "9:<script>", "0:9,9,1,1"])
def test_a_wrong_box_is_explained(officer: Client, read: Read, box: str) -> None:
    address, _ = read()
    answer = officer.post(f"{address}again/", {"box": box})
    assert answer.status_code == 422
    assert "그려 주십시오" in answer.content.decode()
    assert officer.get(f"{address}again/")["Location"] == address


def test_the_list_shows_the_newest_first(officer: Client, read: Read) -> None:
    first, _ = read()
    second, _ = read(outcome="nothing_close")
    rows = officer.get("/readings/").context["rows"]
    assert [f"/readings/{row.id}/" for row in rows] == [second, first]
    assert "유사한 등록디자인이 없습니다" in rows[0].verdict


def look_alikes(site: Site, ranks: tuple[int, ...], chances: tuple[float, ...]) -> dict[str, object]:
    """A change of the fake answer: these candidates resemble each other."""
    candidates = tuple(
        one.model_copy(update={"probability": chance})
        for one, chance in zip(site.desk.answer.candidates, chances, strict=True)
    )
    views = tuple(
        ComparedView(
            rank=rank,
            view="front",
            view_sha256=site.views[rank - 1],
            differs=(Box(x1=10, y1=10, x2=90, y2=90),) if rank != ranks[0] else (),
        )
        for rank in ranks
    )
    together = sum(chances[rank - 1] for rank in ranks)
    alike = LookAlikes(ranks=ranks, probability=together, views=views)
    return {"candidates": candidates, "look_alikes": (alike,)}


def test_look_alikes_are_named_together_with_what_differs(site: Site, read: Read) -> None:
    _, page = read(**look_alikes(site, (1, 2, 3), (0.31, 0.28, 0.2, 0.02, 0.01)))
    assert "서로 닮은 등록디자인 3건 중 하나로 보입니다" in page
    assert "이 중 하나" in page
    assert "79%" in page
    # No single one stands in the headline; two of the three show where they differ from the first.
    assert "verdict-first" not in page
    together = page.split('class="card look-alikes"')[1].split("</section>")[0]
    assert together.count('class="edge"') == 2
    assert ReadingRecord.objects.get().picture_sizes.keys() >= set(site.views[:3])


def test_where_nothing_can_be_named_the_page_says_so_and_lists_the_candidates(site: Site, read: Read) -> None:
    _, page = read(**look_alikes(site, (3, 4), (0.31, 0.28, 0.1, 0.1, 0.01)))
    assert "유사한 등록디자인이 있을 수 있습니다" in page
    assert "가려지지 않았습니다" in page
    assert "verdict-first" not in page
    assert "look-alikes" not in page
    assert page.count('class="card candidate"') >= 1


def test_the_meaning_of_a_number_stands_with_how_it_was_measured(read: Read) -> None:
    _, page = read(reader=shipped_model(Path("none")).card.title)
    assert "표시된 확률은 평균" in page
    _, page = read(reader="another 1.0")
    assert "표시된 확률은 평균" not in page
    assert "측정했습니다" not in page
