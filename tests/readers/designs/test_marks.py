import numpy as np

from pandok.core.errors import Unavailable
from pandok.core.reading import Box, CodeFound, WordsFound
from pandok.core.text import Text
from pandok.readers.designs.marks import mask_words, read_marks

PIXELS = np.full((40, 60, 3), 200, np.uint8)
LINE = WordsFound(text="NIKE", confidence=0.9, box=Box(x1=10, y1=10, x2=40, y2=24))
CODE = CodeFound(symbology="EAN-13", text="8801234567893", box=Box(x1=0, y1=0, x2=9, y2=9))


class Lines:
    def __init__(self, remarks: tuple[Text, ...] = ()):
        self._remarks = remarks

    def read(self, _: np.ndarray) -> list[WordsFound]:
        return [LINE]

    def remarks(self) -> tuple[Text, ...]:
        return self._remarks


class Codes:
    def read(self, _: np.ndarray) -> list[CodeFound]:
        return [CODE]


class Absent(Lines):
    def read(self, _: np.ndarray) -> list[WordsFound]:
        raise Unavailable(Text(ko="없습니다.", en="It is absent."), Text(ko="설치하십시오.", en="Install it."))


def test_words_and_codes_are_read() -> None:
    marks = read_marks(PIXELS, Lines(), Codes())
    assert marks.words == (LINE,)
    assert marks.codes == (CODE,)
    assert marks.unavailable == ()


def test_without_readers_nothing_is_read_and_nothing_is_missing() -> None:
    assert read_marks(PIXELS, None, None).model_dump(exclude_defaults=True) == {}


def test_a_reader_that_cannot_work_is_named_and_the_other_still_reads() -> None:
    marks = read_marks(PIXELS, Absent(), Codes())
    assert marks.codes == (CODE,)
    assert marks.unavailable == (Text(ko="없습니다. 설치하십시오.", en="It is absent. Install it."),)


def test_what_a_reader_cannot_read_is_passed_on() -> None:
    remark = Text(ko="한글을 읽지 못합니다.", en="No Hangul.")
    assert read_marks(PIXELS, Lines((remark,)), None).unavailable == (remark,)


def test_text_is_painted_over_in_the_colour_round_it() -> None:
    pixels = PIXELS.copy()
    pixels[12:22, 12:38] = 0
    masked = mask_words(pixels, [LINE])
    assert (masked == 200).all()
    assert (pixels[15, 15] == 0).all(), "the picture given stays as it was"


def test_masking_bears_boxes_at_and_beyond_the_edge() -> None:
    for box in (Box(x1=0, y1=0, x2=60, y2=40), Box(x1=50, y1=30, x2=90, y2=80), Box(x1=90, y1=90, x2=95, y2=95)):
        masked = mask_words(PIXELS, [LINE.model_copy(update={"box": box})])
        assert masked.shape == PIXELS.shape
