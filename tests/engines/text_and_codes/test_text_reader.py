import socket
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pandok.core.errors import Unavailable
from pandok.core.reading import Box, WordsFound
from pandok.core.text import Text
from pandok.engines.text_and_codes import text_reader
from pandok.engines.text_and_codes.tesseract_reader import TesseractReader
from pandok.engines.text_and_codes.text_reader import RapidOcrReader, TextReaders, open_text_reader


def printed(*lines: str) -> np.ndarray:
    image = Image.new("RGB", (480, 90 * len(lines) + 40), (225, 220, 210))
    pen = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        pen.text((40, 30 + 90 * row), line, font=ImageFont.load_default(44), fill=(20, 20, 80))
    return np.asarray(image).copy()


def line(text: str, confidence: float, x1: int = 0) -> WordsFound:
    return WordsFound(text=text, confidence=confidence, box=Box(x1=x1, y1=0, x2=x1 + 50, y2=20))


class Fixed:
    def __init__(self, *lines: WordsFound):
        self.lines = list(lines)

    def read(self, _: np.ndarray) -> list[WordsFound]:
        return self.lines

    def remarks(self) -> tuple[Text, ...]:
        return ()


class Absent(Fixed):
    def read(self, _: np.ndarray) -> list[WordsFound]:
        raise Unavailable(Text(ko="없음", en="absent"), Text(ko="설치", en="install"))


@pytest.fixture(scope="module")
def rapid() -> RapidOcrReader:
    return RapidOcrReader(threads=1)


def test_text_is_read_without_any_connection(rapid: RapidOcrReader, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    lines = rapid.read(printed("KESTREL 75", "Marbelle"))
    assert [found.text for found in lines] == ["KESTREL 75", "Marbelle"]
    assert lines[0].box.y2 <= lines[1].box.y1 + 5
    assert all(0.5 <= found.confidence <= 1.0 for found in lines)


def test_text_upside_down_and_on_its_side_is_read(rapid: RapidOcrReader) -> None:
    upright = printed("KESTREL 75")
    for turns in (1, 2, 3):
        turned = np.ascontiguousarray(np.rot90(upright, turns))
        assert "KESTREL 75" in [found.text for found in rapid.read(turned)]


def test_an_unsure_line_is_given_to_the_reader_of_hangul(rapid: RapidOcrReader) -> None:
    class Hangul:
        asked = 0

        def read_line(self, _: np.ndarray) -> tuple[str, float]:
            self.asked += 1
            return "하늘빛", 0.99

    class Unsure(RapidOcrReader):
        def _surest(self, strip: np.ndarray, box: Box) -> tuple[str, float]:
            assert strip.shape[1] > 2 * strip.shape[0], "the line is given alone"
            assert box.width > 100
            return "LHO", 0.6

    hangul = Hangul()
    for reader, expected in ((RapidOcrReader(hangul=hangul), "KESTREL"), (Unsure(hangul=hangul), "하늘빛")):
        reader._engine = rapid._loaded()
        assert [found.text for found in reader.read(printed("KESTREL"))] == [expected]
    assert hangul.asked == 1


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 700, 3), (64, 64, 3)])
def test_pictures_without_text_have_no_lines(rapid: RapidOcrReader, shape: tuple[int, int, int]) -> None:
    assert rapid.read(np.full(shape, 200, np.uint8)) == []


def test_an_outline_that_fills_the_picture_is_never_read_as_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Hangul:
        def read_line(self, _: object) -> tuple[str, float]:
            asked.append("hangul")
            return "하늘", 0.99

    reader = RapidOcrReader(threads=1, hangul=Hangul())
    frame = np.array([[[10, 10], [590, 10], [590, 590], [10, 590]], [[60, 40], [360, 40], [360, 100], [60, 100]]])

    class Engine:
        def __call__(self, _: object, *, use_det: bool, **__: object) -> object:
            return SimpleNamespace(boxes=frame) if use_det else SimpleNamespace(txts=("",), scores=(0.0,))

    monkeypatch.setattr(reader, "_loaded", lambda: setattr(reader, "_engine", Engine()) or reader._engine)
    (line,) = reader.read(np.full((600, 600, 3), 200, np.uint8))
    assert line.box.height == 60
    assert asked == ["hangul"]


def test_a_missing_model_is_an_instruction(tmp_path: Path) -> None:
    reader = RapidOcrReader(recognition_model=tmp_path / "korean.onnx")
    with pytest.raises(Unavailable) as caught:
        reader.read(printed("x"))
    assert "korean.onnx" in caught.value.what.ko
    assert caught.value.turn == "operator"


def test_the_surer_reader_wins_a_place_and_others_add_theirs() -> None:
    readers = TextReaders([Fixed(line("LH0I7I", 0.5)), Fixed(line("나이키", 0.9), line("서울", 0.6, x1=100))])
    assert [found.text for found in readers.read(np.zeros((9, 9, 3), np.uint8))] == ["나이키", "서울"]


def test_one_absent_reader_does_not_stop_the_other_but_all_do() -> None:
    pixels = np.zeros((9, 9, 3), np.uint8)
    assert TextReaders([Absent(), Fixed(line("a", 0.9))]).read(pixels) == [line("a", 0.9)]
    with pytest.raises(Unavailable):
        TextReaders([Absent(), Absent()]).read(pixels)


def test_without_tesseract_a_remark_says_that_hangul_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TesseractReader, "installed", lambda _: False)
    (remark,) = text_reader.open_text_reader().remarks()
    assert "한글" in remark.ko
    assert "tesseract-ocr-kor" in remark.en


def test_with_tesseract_there_is_nothing_to_remark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TesseractReader, "installed", lambda _: True)
    assert open_text_reader().remarks() == ()
