"""A report on a data set's quality in words: sections with facts and tables, for pages and paper alike.

`inside`: with places (rows, names of files) and examples. To the public only counts are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pandok.core.lab.personal_data import PersonalKind
from pandok.core.programme.data_judged import Judged, judged, meets
from pandok.core.programme.data_plan import DataPlan
from pandok.core.programme.data_quality import MOST_COMPARED, Bounds, ComparedBy, DataQuality, LabelCount, SuspectLabel
from pandok.core.programme.data_targets import DataMeasure, DataTarget
from pandok.core.text import Text, counted
from pandok.engines.data_quality.suspect_labels import NEIGHBOURS
from pandok.engines.data_quality.violations import Fault

SHARES = frozenset(
    {
        DataMeasure.FAULTY_SHARE, DataMeasure.AGREE, DataMeasure.LABEL_NOISE, DataMeasure.CONTRADICTED,
        DataMeasure.RIGHT,
    }
)  # fmt: skip
MOST_LABELS, MOST_EXAMPLES = 60, 20
OTHER_COLUMN = Text(ko="계획에 없는 열", en="a column that the plan does not know")
NOT_ASSESSED = Text(ko="평가하지 않음", en="not assessed")
TOO_MANY = Text(
    ko=f"평가하지 않음: 라벨이 있는 행이 {MOST_COMPARED:,}개를 넘음",
    en=f"not assessed: more than {MOST_COMPARED:,} rows with a label",
)
PRECISION = {ComparedBy.PICTURES: (0.333, 0.945), ComparedBy.COLUMNS: (0.177, 0.177)}
"""Of lists of suspect labels where 5 % were turned on purpose (benchmarks/results/data_quality.json): three sets of
photographs, one table."""
COMPARED = Text(ko="무엇으로 비교했는지", en="Compared by")
_COMPARED = {
    ComparedBy.PICTURES: Text(ko="사진(물품 인식 모델의 특징)", en="photographs (features of the design reader)"),
    ComparedBy.COLUMNS: Text(ko="표의 다른 열", en="the other columns of the table"),
}
POSITION = Text(ko="사진의 촬영 위치", en="Position in a photograph")


@dataclass(frozen=True)
class QualityTable:
    title: Text
    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True)
class QualitySection:
    title: Text
    facts: tuple[tuple[Text, Text], ...] = ()
    tables: tuple[QualityTable, ...] = field(default=())


def plain(value: object) -> Text:
    return Text(ko=str(value), en=str(value))


def verdict(plan: DataPlan, quality: DataQuality) -> Text:
    found = judged(plan, quality)
    if not found:
        return Text(ko="계획에 목표가 없어 판정하지 않습니다", en="The plan states no target: nothing is judged")
    if meets(found):
        return Text(ko="자료 계획의 목표를 모두 지킴", en="Every target of the plan is met")
    return Text(
        ko=f"자료 계획의 목표 {len(found)}개 가운데 {sum(bool(one.met) for one in found)}개를 지킴",
        en=f"{sum(bool(one.met) for one in found)} of {counted(len(found), 'target')} of the plan met",
    )


def quality_sections(plan: DataPlan, quality: DataQuality, *, inside: bool) -> list[QualitySection]:
    names = None if inside else frozenset(one.name for one in plan.columns)
    return [
        _targets(judged(plan, quality)),
        _diversity(quality if inside else _planned_labels(plan, quality)),
        _syntactic(quality, names),
        _repeats(quality, inside),
        _semantic(quality, inside),
        _validity(quality),
        _personal(quality, names),
    ]


def target_words(target: DataTarget) -> Text:
    def said(value: float) -> str:
        return _number(value, target.measure)

    if target.least is not None and target.most is not None:
        return plain(f"{said(target.least)} – {said(target.most)}")
    if target.least is not None:
        return Text(ko=f"{said(target.least)} 이상", en=f"at least {said(target.least)}")
    return Text(ko=f"{said(target.most or 0)} 이하", en=f"at most {said(target.most or 0)}")


def _targets(found: Sequence[Judged]) -> QualitySection:
    rows = tuple((one.target.measure.words, target_words(one.target), _found(one), _MET[one.met]) for one in found)
    head = (
        Text(ko="무엇", en="What"),
        Text(ko="목표", en="Target"),
        Text(ko="결과", en="Found"),
        Text(ko="판정", en="Judged"),
    )
    title = Text(ko="계획의 목표", en="Targets of the plan")
    if not rows:
        return QualitySection(title, ((title, Text(ko="계획에 없음", en="the plan states none")),))
    return QualitySection(title, (), (QualityTable(title, head, rows),))


_MET = {
    True: Text(ko="지킴", en="met"),
    False: Text(ko="미달", en="not met"),
    None: Text(ko="재지 않음", en="not measured"),
}


def _found(one: Judged) -> Text:
    if one.found is None:
        return plain("–")
    said = _number(one.found, one.target.measure)
    return plain(said if one.interval is None else f"{said} {_interval(one.interval, one.target.measure)}")


def _number(value: float, measure: DataMeasure) -> str:
    if measure in SHARES:
        return f"{100 * value:.4g} %"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:.3f}"


def _interval(bounds: Bounds, measure: DataMeasure) -> str:
    return f"[{_number(bounds[0], measure)}, {_number(bounds[1], measure)}]"


def _share(value: float | None, bounds: Bounds | None = None) -> Text:
    if value is None:
        return NOT_ASSESSED
    said = f"{100 * value:.4g} %"
    return plain(said if bounds is None else f"{said} {_interval(bounds, DataMeasure.AGREE)}")


def _diversity(quality: DataQuality) -> QualitySection:
    title = Text(ko="다양성", en="Diversity")
    if quality.diversity is None:
        return QualitySection(title, ((Text(ko="라벨", en="Labels"), NOT_ASSESSED),))
    counts = quality.diversity.counts
    head = (
        Text(ko="라벨", en="Label"),
        Text(ko="행", en="Rows"),
        Text(ko="계획", en="Agreed"),
        Text(ko="모자람", en="Lacking"),
    )
    rows = tuple(
        (
            plain(one.label),
            plain(f"{one.rows:,}"),
            plain("–" if one.agreed is None else f"{one.agreed:,}"),
            plain(f"{one.lacking:,}" if one.lacking else "–"),
        )
        for one in counts[:MOST_LABELS]
    )
    facts = (
        (Text(ko="라벨 종류", en="Labels"), plain(f"{len(counts):,}")),
        (
            Text(ko="크기가 같다면 몇 종류에 해당하는지", en="As diverse as so many labels of equal size"),
            plain(f"{quality.diversity.even_labels:.1f}"),
        ),
    )
    return QualitySection(title, facts, (QualityTable(Text(ko="라벨별 행 수", en="Rows by label"), head, rows),))


def _planned_labels(plan: DataPlan, quality: DataQuality) -> DataQuality:
    """To the public only labels that the plan names are told; the others together: they may be anything."""
    if quality.diversity is None:
        return quality
    named = {*plan.counts, *(value for one in plan.columns if one.name == plan.label for value in one.among)}
    told = [one for one in quality.diversity.counts if one.label in named]
    others = sum(one.rows for one in quality.diversity.counts if one.label not in named)
    if others:
        told.append(LabelCount(label="…", rows=others))
    return quality.model_copy(update={"diversity": quality.diversity.model_copy(update={"counts": tuple(told)})})


def _column(name: str, names: frozenset[str] | None) -> Text:
    """`names`: those that may be told, of a plan; None: all."""
    return plain(name) if names is None or name in names else OTHER_COLUMN


def _syntactic(quality: DataQuality, names: frozenset[str] | None) -> QualitySection:
    found = quality.syntactic
    facts = (
        (Text(ko="살펴본 값", en="Values looked at"), plain(f"{found.values:,}")),
        (Text(ko="계획과 다른 값", en="Values not as planned"), plain(f"{found.faulty:,}")),
    )
    rows = tuple(
        (Fault(one.fault).words, _column(one.column, names), plain(f"{one.rows:,}" if one.rows else "–"))
        + ((plain(_told(f"{row}: {value}" for row, value in one.examples)),) if names is None else ())
        for one in found.faults
    )
    head = (Text(ko="무엇이", en="What"), Text(ko="열", en="Column"), Text(ko="행", en="Rows"))
    title, caption = Text(ko="구문 정확성", en="Syntactic accuracy"), Text(ko="계획과 다른 값", en="Not as planned")
    return _with_table(title, facts, head, rows, names is None, caption)


def _repeats(quality: DataQuality, inside: bool) -> QualitySection:
    found = quality.repeats
    facts = (
        (Text(ko="두 번 있는 행", en="Rows that stand twice"), plain(f"{found.rows:,}")),
        (Text(ko="내용이 같은 파일", en="Files of the same bytes"), plain(f"{found.files:,}")),
        (Text(ko="같은 사진의 다른 사본", en="Other copies of one picture"), plain(f"{found.near_copies:,}")),
        (Text(ko="학습과 시험에 모두 있음", en="In training and test alike"), plain(f"{found.across_splits:,}")),
    )
    title = Text(ko="중복과 누출", en="Repeats and leaks")
    if not inside or not found.examples:
        return QualitySection(title, facts)
    rows = tuple(
        (plain(one.first), plain(one.second), Text(ko="예", en="yes") if one.across_splits else plain("–"))
        for one in found.examples[:MOST_EXAMPLES]
    )
    head = (
        Text(ko="먼저", en="First"),
        Text(ko="다시", en="Again"),
        Text(ko="학습·시험에 걸침", en="Across training and test"),
    )
    return QualitySection(title, facts, (QualityTable(Text(ko="처음 것", en="The first ones"), head, rows),))


def _semantic(quality: DataQuality, inside: bool) -> QualitySection:
    found = quality.semantic
    kappa = NOT_ASSESSED
    if found.kappa is not None:
        kappa = plain(
            f"{found.kappa:.3f} {_interval(found.kappa_interval, DataMeasure.KAPPA)}"
            if found.kappa_interval
            else f"{found.kappa:.3f}"
        )
    facts = (
        (Text(ko="두 사람이 라벨을 단 행", en="Rows labelled by two"), plain(f"{found.read_twice:,}")),
        (Text(ko="일치율", en="They agree"), _share(found.agree, found.agree_interval)),
        (Text(ko="κ", en="Kappa"), kappa),
        (
            Text(ko="틀린 라벨의 추정 비율", en="Estimated share of wrong labels"),
            _share(found.label_noise, found.label_noise_interval),
        ),
        (
            Text(ko="의심되는 라벨", en="Suspect labels"),
            _not_compared(quality) if found.suspects is None else plain(f"{found.suspects:,} / {found.labelled:,}"),
        ),
        *_compared(found.compared_by),
    )
    title = Text(ko="의미 정확성", en="Semantic accuracy")
    if not inside or not found.examples:
        return QualitySection(title, facts)
    return QualitySection(title, facts, (_suspects(found.examples[:MOST_EXAMPLES], of=found.suspects or 0),))


def _suspects(shown: Sequence[SuspectLabel], *, of: int) -> QualityTable:
    rows = tuple((plain(one.row), plain(one.written), plain(one.likely), _share(one.share)) for one in shown)
    head = (
        Text(ko="행", en="Row"),
        Text(ko="적힌 라벨", en="Written"),
        Text(ko="비슷한 것의 라벨", en="Like others called"),
        Text(ko="그 라벨의 비중", en="Their share"),
    )
    caption = Text(
        ko=f"의심되는 라벨 {of:,}건 가운데 가장 의심되는 {len(rows)}건: 맞는지는 사람이 확인합니다",
        en=f"The {len(rows)} most suspect of {counted(of, 'suspect label')}: whether they are right, a person decides",
    )
    return QualityTable(caption, head, rows)


def _compared(by: ComparedBy) -> tuple[tuple[Text, Text], ...]:
    """By what, and how far such a list is to be trusted; nothing where it was not said."""
    if by is ComparedBy.NOTHING:
        return ()
    least, most = (f"{100 * value:.0f} %" for value in PRECISION[by])
    trust = Text(
        ko="의심 목록의 정밀도(라벨의 5 %를 일부러 바꾼 시험)",
        en="Precision of such lists (5 % of labels turned on purpose)",
    )
    return ((COMPARED, _COMPARED[by]), (trust, plain(least if least == most else f"{least} – {most}")))


def _not_compared(quality: DataQuality) -> Text:
    labelled = sum(one.rows for one in quality.diversity.counts) if quality.diversity else 0
    return TOO_MANY if labelled > MOST_COMPARED else NOT_ASSESSED


def _validity(quality: DataQuality) -> QualitySection:
    title, found = Text(ko="유효성(학습 시험)", en="Validity by training"), quality.validity
    if found is None:
        return QualitySection(title, ((title, _not_compared(quality)),))
    by = quality.semantic.compared_by
    model = Text(
        ko=f"가장 비슷한 {NEIGHBOURS}행의 투표(모든 데이터셋에 같음)",
        en=f"a vote of the {NEIGHBOURS} nearest rows, the same for every data set",
    )
    facts = (
        (Text(ko="모델", en="Model"), model),
        *(((COMPARED, _COMPARED[by]),) if by in _COMPARED else ()),
        (Text(ko="학습한 행", en="Trained on"), plain(f"{found.trained_on:,}")),
        (Text(ko="물은 행", en="Asked"), plain(f"{found.asked:,}")),
        (Text(ko="맞음", en="Right"), _share(found.right, found.interval)),
        (Text(ko="가장 많은 라벨만 답할 때", en="The largest label alone"), _share(found.largest_label_alone)),
    )
    return QualitySection(title, facts)


def _personal(quality: DataQuality, names: frozenset[str] | None) -> QualitySection:
    title, found = Text(ko="남은 개인정보", en="Personal data left"), quality.personal
    if found is None:
        return QualitySection(title, ((title, NOT_ASSESSED),))
    facts = (
        (Text(ko="찾은 곳", en="Places found"), plain(f"{found.count:,}")),
        (Text(ko="살펴본 값", en="Values looked at"), plain(f"{found.values:,}")),
        (Text(ko="살펴본 파일", en="Files looked into"), plain(f"{found.files:,}")),
        (Text(ko="읽지 못한 파일", en="Files that could not be read"), plain(f"{found.files_not_read:,}")),
    )
    rows = tuple(
        (
            POSITION if one.kind is PersonalKind.METADATA else one.kind.words,
            _column(one.column, names) if one.column else Text(ko="파일 안", en="in files"),
            plain(f"{one.count:,}"),
        )
        + ((plain(_told(f"{place}: {value}" for place, value in one.examples)),) if names is None else ())
        for one in found.found
    )
    head = (Text(ko="종류", en="Kind"), Text(ko="열", en="Column"), Text(ko="곳", en="Places"))
    return _with_table(
        title, facts, head, rows, names is None, Text(ko="찾은 것(값은 가림)", en="Found (values are hidden)")
    )


def _with_table(
    title: Text,
    facts: tuple[tuple[Text, Text], ...],
    head: tuple[Text, ...],
    rows: tuple[tuple[Text, ...], ...],
    inside: bool,
    caption: Text,
) -> QualitySection:
    if not rows:
        return QualitySection(title, facts)
    last = (Text(ko="예: 행 또는 파일", en="Such as: row or file"),) if inside else ()
    return QualitySection(title, facts, (QualityTable(caption, head + last, rows),))


def _told(examples: Iterable[str]) -> str:
    shown = list(examples)
    more = len(shown) - 5
    return "; ".join(shown[:5]) + (f"; +{more}" if more > 0 else "") or "–"
