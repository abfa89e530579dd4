"""What the academy sorts by: articles, sets of pictures, courses, sittings, decisions; in words."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.text import Text


class ArticleKind(StrEnum):
    """A category of threats, or HARMLESS: goods that only look like one."""

    FIREARM = "firearm"
    BLADE = "blade"
    EXPLOSIVE = "explosive"
    DRUGS = "drugs"
    CASH = "cash"
    OTHER = "other"
    HARMLESS = "harmless"

    @property
    def words(self) -> Text:
        return _KINDS[self]

    @property
    def threat(self) -> bool:
        return self is not ArticleKind.HARMLESS


class ArticleSource(StrEnum):
    """GENERATOR: a recipe of solids. SCAN: cut out of a scan of its own. SEIZURE: out of an opened inspection."""

    GENERATOR = "generator"
    SCAN = "scan"
    SEIZURE = "seizure"

    @property
    def words(self) -> Text:
        return _SOURCES[self]


class PictureSet(StrEnum):
    """TRAINING: shown with feedback. TRANSFER: look-alikes that are never trained, to measure with. BLIND: two halves
    by article, before and after a course. SEALED: certificates alone."""

    TRAINING = "training"
    TRANSFER = "transfer"
    BLIND = "blind"
    SEALED = "sealed"

    @property
    def words(self) -> Text:
        return _SETS[self]

    @property
    def looked_through(self) -> bool:
        """Whether a second person looks at each of its pictures; those of certificates are looked at test by test."""
        return self in (PictureSet.TRANSFER, PictureSet.BLIND)


class CourseKind(StrEnum):
    XRAY = "xray"
    COUNTERFEIT = "counterfeit"
    OPEN = "open"

    @property
    def words(self) -> Text:
        return _COURSES[self]


class SittingMode(StrEnum):
    TRAIN = "train"
    MEASURE = "measure"
    PRETEST = "pretest"
    POSTTEST = "posttest"
    CERTIFY = "certify"

    @property
    def words(self) -> Text:
        return _MODES[self]

    @property
    def set(self) -> PictureSet:
        """Which pictures it shows."""
        return _SET_OF[self]

    @property
    def fixed(self) -> bool:
        """Whether its pictures are drawn at the start."""
        return self in (SittingMode.PRETEST, SittingMode.POSTTEST, SittingMode.CERTIFY)


class Said(StrEnum):
    """STOP: there is a threat. CLEAR: there is none. TIMED_OUT: the time of the picture was over first."""

    STOP = "stop"
    CLEAR = "clear"
    TIMED_OUT = "timed_out"

    @property
    def words(self) -> Text:
        return _SAID[self]


class Realism(StrEnum):
    REAL = "real"
    FAKE = "fake"

    @property
    def words(self) -> Text:
        return _REALISM[self]


_KINDS = {
    ArticleKind.FIREARM: Text(ko="총기류", en="Firearms"),
    ArticleKind.BLADE: Text(ko="도검류", en="Blades"),
    ArticleKind.EXPLOSIVE: Text(ko="폭발물", en="Explosives"),
    ArticleKind.DRUGS: Text(ko="마약류", en="Drugs"),
    ArticleKind.CASH: Text(ko="현금·금괴", en="Cash and bullion"),
    ArticleKind.OTHER: Text(ko="그 밖의 금지 물품", en="Other prohibited goods"),
    ArticleKind.HARMLESS: Text(ko="정상 물품", en="Harmless goods"),
}
_SOURCES = {
    ArticleSource.GENERATOR: Text(ko="계산한 입체", en="Computed solid"),
    ArticleSource.SCAN: Text(ko="따로 찍은 영상", en="Scan of its own"),
    ArticleSource.SEIZURE: Text(ko="적발 물품", en="Seizure"),
}
_SETS = {
    PictureSet.TRAINING: Text(ko="학습용", en="Training"),
    PictureSet.TRANSFER: Text(ko="전이용(학습에 쓰지 않은 유사품)", en="Transfer: look-alikes never trained"),
    PictureSet.BLIND: Text(ko="사전·사후 시험용", en="Before and after a course"),
    PictureSet.SEALED: Text(ko="자격 시험용(봉인)", en="Certificates (sealed)"),
}
_COURSES = {
    CourseKind.XRAY: Text(ko="X-ray 판독", en="X-ray reading"),
    CourseKind.COUNTERFEIT: Text(ko="위조 감별", en="Counterfeits"),
    CourseKind.OPEN: Text(ko="공개 과정", en="Open course"),
}
_MODES = {
    SittingMode.TRAIN: Text(ko="학습", en="Training"),
    SittingMode.MEASURE: Text(ko="측정", en="Measuring"),
    SittingMode.PRETEST: Text(ko="사전 시험", en="Test before"),
    SittingMode.POSTTEST: Text(ko="사후 시험", en="Test after"),
    SittingMode.CERTIFY: Text(ko="자격 시험", en="Certificate test"),
}
_SET_OF = {
    SittingMode.TRAIN: PictureSet.TRAINING,
    SittingMode.MEASURE: PictureSet.TRANSFER,
    SittingMode.PRETEST: PictureSet.BLIND,
    SittingMode.POSTTEST: PictureSet.BLIND,
    SittingMode.CERTIFY: PictureSet.SEALED,
}
_SAID = {
    Said.STOP: Text(ko="개장", en="Open"),
    Said.CLEAR: Text(ko="통과", en="Clear"),
    Said.TIMED_OUT: Text(ko="시간 초과", en="Timed out"),
}
_REALISM = {
    Realism.REAL: Text(ko="진짜 같음", en="Looks real"),
    Realism.FAKE: Text(ko="가짜 같음", en="Looks composed"),
}
