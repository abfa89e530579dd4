"""Words for values: how likely, which legal status, which view, where in a picture."""

from __future__ import annotations

from pandok.core.reading import Box
from pandok.core.rights import STATUS_WORDS, LegalStatus
from pandok.core.text import Text

_LIKELIHOODS: tuple[tuple[float, Text], ...] = (
    (0.9, Text(ko="유사 가능성 매우 높음", en="Very likely")),
    (0.66, Text(ko="유사 가능성 높음", en="Likely")),
    (0.33, Text(ko="유사 가능성 보통", en="Possible")),
    (0.1, Text(ko="유사 가능성 낮음", en="Unlikely")),
    (0.0, Text(ko="유사 가능성 매우 낮음", en="Very unlikely")),
)

_TONES = {LegalStatus.IN_FORCE: "good", LegalStatus.PENDING: "unsure", LegalStatus.UNKNOWN: "unsure"}

_VIEWS: dict[str, Text] = {
    "perspective": Text(ko="사시도", en="Perspective"),
    "front": Text(ko="정면도", en="Front"),
    "back": Text(ko="배면도", en="Back"),
    "rear": Text(ko="배면도", en="Back"),
    "left": Text(ko="좌측면도", en="Left side"),
    "right": Text(ko="우측면도", en="Right side"),
    "top": Text(ko="평면도", en="Top"),
    "bottom": Text(ko="저면도", en="Bottom"),
}

_ROWS = (Text(ko="위", en="top"), Text(ko="가운데", en="middle"), Text(ko="아래", en="bottom"))
_COLUMNS = (Text(ko="왼쪽", en="left"), Text(ko="가운데", en="centre"), Text(ko="오른쪽", en="right"))


def likelihood(probability: float) -> Text:
    """A word for a calibrated probability from 0 to 1."""
    return next((word for least, word in _LIKELIHOODS if probability >= least), _LIKELIHOODS[-1][1])


def per_cent(probability: float) -> str:
    """ "83%"; never "0%" or "100%", which no reading can promise."""
    if probability < 0.01:
        return "< 1%"
    if probability > 0.99:
        return "> 99%"
    return f"{round(probability * 100)}%"


def legal_status(status: str) -> tuple[str, Text]:
    """Tone ("good", "bad", "unsure") and words; a status of the register that is not known here is shown as it is."""
    plain = status.strip().lower() or LegalStatus.UNKNOWN.value
    if plain not in set(LegalStatus):
        return "unsure", Text(ko=status, en=status)
    known = LegalStatus(plain)
    return _TONES.get(known, "bad"), STATUS_WORDS[known]


def recorded_with_customs(recorded: bool | None, *, over: bool = False) -> tuple[str, Text]:
    """`over`: there was a recordal, and its last day has passed."""
    if over:
        return "bad", Text(ko="세관 신고 기간 만료", en="Customs recordal expired")
    if recorded is None:
        return "unsure", Text(ko="세관 신고 미상", en="Customs recordal unknown")
    if recorded:
        return "good", Text(ko="세관 신고 완료", en="Recorded with customs")
    return "plain", Text(ko="세관 미신고", en="Not recorded with customs")


def view_name(view: str) -> Text:
    return _VIEWS.get(view.strip().lower(), Text(ko=view or "도면", en=view or "View"))


def view_words(view: str, *, confirmed: bool) -> Text:
    """A view as people know it: a registered one by its name, a confirmed photograph by its case."""
    return (
        Text(ko=f"사건 {view} 확인 사진", en=f"photograph confirmed in case {view}") if confirmed else view_name(view)
    )


def place(box: Box, width_px: int, height_px: int) -> Text:
    """Where the middle of `box` lies in a picture, in thirds: "top left"."""
    column = min(2, max(0, int(3 * (box.x1 + box.x2) / 2 / max(1, width_px))))
    row = min(2, max(0, int(3 * (box.y1 + box.y2) / 2 / max(1, height_px))))
    if (row, column) == (1, 1):
        return Text(ko="가운데", en="centre")
    return Text(
        ko=f"{_COLUMNS[column].ko} {_ROWS[row].ko}" if column != 1 else _ROWS[row].ko,
        en=f"{_ROWS[row].en} {_COLUMNS[column].en}",
    )
