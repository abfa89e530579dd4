"""The learning curve as a chart: each sitting with its interval, and the fitted curve beside."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.fields.academy.lists.learning import Learning
from pandok.web.shown.charts import Chart, Point, Series, line_chart

_TITLE = Text(ko="학습 곡선 (d_a)", en="Learning curve (d_a)")
_WHAT = Text(
    ko="가로: 본 영상 수. 세로: 학습·시험 한 번의 d_a와 95 % 구간. 0 아래는 0에 그립니다.",
    en="Across: pictures seen. Up: d_a of one sitting with its interval of 95 %. What lies below 0 is drawn at 0.",
)
_EACH, _FITTED = Text(ko="한 번의 학습·시험", en="One sitting"), Text(ko="맞춘 곡선", en="Fitted curve")
_SIDE = 1.96
STEPS = (1.0, 2.0, 3.0, 4.0, 6.0)


def curve_chart(learning: Learning, language: str) -> Chart:
    """Of at least one sitting."""
    each: list[Point | None] = []
    fitted: list[Point | None] = []
    for one in learning.points:
        low, high = one.d_a - _SIDE * one.sd, one.d_a + _SIDE * one.sd
        said = f"{one.d_a:.2f} ({low:.2f}–{high:.2f})"
        each.append(Point(max(one.d_a, 0.0), max(low, 0.0), max(high, 0.0), few=False, said=said))
        if learning.curve:
            value = learning.curve.at(one.images)
            fitted.append(Point(max(value, 0.0), None, None, few=False, said=f"{value:.2f}"))
    series = [Series(_EACH.in_language(language), each)]
    if fitted:
        series.append(Series(_FITTED.in_language(language), fitted))
    return line_chart(
        key="learning",
        title=_TITLE.in_language(language),
        description=_WHAT.in_language(language),
        labels=[f"{one.images:.0f}" for one in learning.points],
        series=series,
        say=lambda value: f"{value:.1f}",
        steps=STEPS,
    )
