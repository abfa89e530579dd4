"""Words of results: states of groups, heads of tables, sections."""

from __future__ import annotations

from pandok.core.lab.comparison import CellState
from pandok.core.lab.result_report import SectionKey
from pandok.core.text import Text

STATES = {
    CellState.HIDDEN: Text(ko="5건 미만 또는 함께 가림", en="fewer than 5, or hidden with such"),
    CellState.TOO_SMALL: Text(ko="사례가 적어 판단하지 않음", en="too small to be judged"),
    CellState.HARMED: Text(ko="피해 확인", en="harm shown"),
    CellState.SAFE: Text(ko="피해 없음 입증", en="shown not to be harmed"),
    CellState.OPEN: Text(ko="어느 쪽도 입증되지 않음", en="neither was shown"),
    CellState.SHOWN: Text(ko="참고", en="for information"),
}
SECTIONS = {
    SectionKey.PURPOSE: Text(ko="1. 목적", en="1. Purpose"),
    SectionKey.DATA: Text(ko="2. 자료와 대표성", en="2. Data and representativeness"),
    SectionKey.MODEL: Text(ko="3. 모델", en="3. Model"),
    SectionKey.METHOD: Text(ko="4. 측정 방법", en="4. Method of measurement"),
    SectionKey.ENVIRONMENT: Text(ko="5. 시험 환경", en="5. Environment"),
    SectionKey.RESULTS: Text(ko="6. 결과와 신뢰구간", en="6. Results with intervals"),
    SectionKey.COMPARISON: Text(ko="7. 현행 업무와의 비교", en="7. Comparison with today's practice"),
    SectionKey.LIMITATIONS: Text(ko="8. 한계", en="8. Limitations"),
    SectionKey.REPRODUCIBILITY: Text(ko="9. 재현", en="9. Reproducibility"),
}
METRIC = Text(ko="지표", en="Metric")
CASES = Text(ko="사례 수", en="Cases")
MODEL = Text(ko="모델", en="Model")
PRACTICE = Text(ko="현행 업무", en="Practice")
DIFFERENCE = Text(ko="차이", en="Difference")
INTERVAL = Text(ko="신뢰구간", en="Interval")
LINE = Text(ko="기준", en="Line")
METHOD = Text(ko="구간 계산법", en="How the interval was found")
STATE = Text(ko="상태", en="State")
GROUP = Text(ko="집단", en="Group")
SITE = Text(ko="장소", en="Site")
NONE = Text(ko="–", en="–")


def plain(text: str) -> Text:
    """The same in both languages: names, hashes, numbers."""
    return Text(ko=text, en=text)
