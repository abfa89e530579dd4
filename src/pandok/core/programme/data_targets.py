"""What a plan asks of a data set in numbers. Nothing is asked that no plan states: there are no thresholds of ours."""

from __future__ import annotations

from enum import StrEnum

from pydantic import model_validator

from pandok.core.lab.strict_value import StrictValue
from pandok.core.text import Text


class DataMeasure(StrEnum):
    ROWS = "rows"
    LABELS_LACKING = "labels_lacking"
    EVEN_LABELS = "even_labels"
    FAULTY_SHARE = "faulty_share"
    REPEATS = "repeats"
    ACROSS_SPLITS = "across_splits"
    AGREE = "agree"
    KAPPA = "kappa"
    LABEL_NOISE = "label_noise"
    CONTRADICTED = "contradicted_share"
    RIGHT = "right"
    PERSONAL = "personal"

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    DataMeasure.ROWS: Text(ko="행 수", en="rows"),
    DataMeasure.LABELS_LACKING: Text(ko="약속한 라벨별 수에서 모자란 행", en="rows lacking of the agreed counts"),
    DataMeasure.EVEN_LABELS: Text(ko="고른 라벨 수(다양성)", en="labels, as if of equal size (diversity)"),
    DataMeasure.FAULTY_SHARE: Text(ko="계획과 다른 값의 비율(구문 정확성)", en="share of values not as planned"),
    DataMeasure.REPEATS: Text(ko="중복된 행과 파일", en="rows and files that stand twice"),
    DataMeasure.ACROSS_SPLITS: Text(ko="학습과 시험에 모두 있는 것", en="in training and test alike"),
    DataMeasure.AGREE: Text(ko="두 사람 라벨의 일치율(의미 정확성)", en="share that two label alike (semantic)"),
    DataMeasure.KAPPA: Text(ko="두 사람 라벨의 κ", en="kappa of two who label"),
    DataMeasure.LABEL_NOISE: Text(ko="틀린 라벨의 추정 비율", en="estimated share of wrong labels"),
    DataMeasure.CONTRADICTED: Text(ko="의심되는 라벨의 비율", en="share of suspect labels"),
    DataMeasure.RIGHT: Text(ko="학습 시험에서 맞은 비율(유효성)", en="share right after training (validity)"),
    DataMeasure.PERSONAL: Text(ko="남은 개인정보", en="personal data left"),
}


class DataTarget(StrictValue):
    """At least `least`, at most `most`."""

    measure: DataMeasure
    least: float | None = None
    most: float | None = None

    @model_validator(mode="after")
    def _asks(self) -> DataTarget:
        if self.least is None and self.most is None:
            raise ValueError("a target has a least or a most")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("least is no more than most")
        return self
