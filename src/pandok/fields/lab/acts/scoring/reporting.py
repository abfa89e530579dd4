"""The report of a confirm run, section by section, shaped after ISO/IEC TS 4213:2022."""

from __future__ import annotations

from datetime import datetime

from pandok.core.dates import moment_short
from pandok.core.lab.comparison import Comparison
from pandok.core.lab.problem import Problem
from pandok.core.lab.registration import OpenedBefore
from pandok.core.lab.result_report import Fact, Report, Section, SectionKey, Table
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.lab.acts.scoring.result_tables import (
    comparison_table,
    group_table,
    noise_table,
    results_table,
    site_table,
)
from pandok.fields.lab.acts.scoring.result_words import NONE, SECTIONS, plain
from pandok.fields.lab.models import ConfirmOpening, Run
from pandok.proof.verdict import Verdict
from pandok.version import __version__


def report_of(*, run: Run, comparison: Comparison, comparison_sha256: str, now: datetime) -> Report:
    registration = run.registration.registration
    problem = registration.problem
    return Report(
        title=problem.title,
        verdict=comparison.verdict,
        verdict_words=Verdict(comparison.verdict).words,
        said=comparison.said,
        sections=(
            _purpose(problem),
            _data(run, problem, comparison),
            _model(run),
            _method(problem),
            _environment(run),
            _results(problem, comparison),
            _comparison(problem, comparison),
            _limitations(problem, comparison),
            _reproducibility(run, comparison_sha256),
        ),
        registration_sha256=run.registration.sha256,
        comparison_sha256=comparison_sha256,
        model_sha256=run.submission.model_sha256,
        made_at=_day(now),
    )


def _day(now: datetime) -> datetime:
    """The day alone: the report goes to the submitter, to whom the time of scoring would tell how long the run took."""
    return now.astimezone(OFFICE_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)


def _section(
    key: SectionKey,
    paragraphs: tuple[Text, ...] = (),
    facts: tuple[tuple[Text, Text], ...] = (),
    tables: tuple[Table | None, ...] = (),
) -> Section:
    return Section(
        key=key,
        title=SECTIONS[key],
        paragraphs=paragraphs,
        facts=tuple(Fact(label=label, value=value) for label, value in facts),
        tables=tuple(one for one in tables if one is not None and one.rows),
    )


def _purpose(problem: Problem) -> Section:
    facts = (
        (Text(ko="과제 책임기관", en="Owner of the problem"), problem.owner),
        (Text(ko="현행 업무", en="Today's practice"), problem.practice.what),
        (Text(ko="마진의 근거", en="Reason of the margin"), problem.margin_reason),
    )
    return _section(SectionKey.PURPOSE, (problem.question,), facts)


def _data(run: Run, problem: Problem, comparison: Comparison) -> Section:
    manifest = run.registration.registration.manifest
    kappa = problem.truth.agreement_kappa
    facts = (
        (Text(ko="자료", en="Data"), plain(f"{problem.source} · {problem.licence}")),
        (Text(ko="정답을 얻은 방법", en="How the truth was obtained"), problem.truth.how),
        (Text(ko="정답 일치도 κ", en="Agreement of labels κ"), NONE if kappa is None else plain(f"{kappa:.2f}")),
        (
            Text(ko="틀렸을 수 있는 정답의 비율", en="Share of truths that may be wrong"),
            plain(f"{100 * problem.truth.wrong_share:g} %"),
        ),
        (Text(ko="현행 업무의 답을 얻은 방법", en="How practice's answers were obtained"), problem.practice.how),
        (
            Text(ko="공개·피드백·확인 사례", en="Public, feedback and confirm cases"),
            plain(" · ".join(str(manifest.cases.get(part, 0)) for part in ("public", "feedback", "confirm"))),
        ),
        *_opened_before(run),
        (Text(ko="계획한 사례", en="Planned cases"), plain(str(comparison.planned))),
        (Text(ko="채점한 사례", en="Scored cases"), plain(str(comparison.reached))),
        (Text(ko="지표에서 제외한 질의", en="Queries left out by the metric"), plain(str(comparison.left_out))),
        (Text(ko="모델 결측", en="Missing answers of the model"), plain(str(comparison.missing))),
        (Text(ko="현행 업무 결측", en="Missing answers of practice"), plain(str(comparison.practice_missing))),
    )
    return _section(SectionKey.DATA, (problem.plan,), facts)


def _opened_before(run: Run) -> tuple[tuple[Text, Text], ...]:
    """Nothing for runs that were scored before this was counted."""
    opening = ConfirmOpening.objects.filter(run=run).first()
    if opening is None or opening.opened_before is None:
        return ()
    known = OpenedBefore.model_validate(opening.opened_before)
    label = Text(ko="확인 사례 가운데 전에 열린 것", en="Confirm cases opened before")
    return ((label, plain(f"{known.opened} / {known.of}")),)


def _model(run: Run) -> Section:
    submission = run.submission
    facts = (
        (Text(ko="이름과 판", en="Name and version"), plain(f"{submission.name} {submission.version}")),
        (Text(ko="제출기관", en="Submitter"), plain(submission.submitter_name)),
        (Text(ko="학습 자료(제출기관의 진술)", en="Training data, as stated"), plain(submission.sheet.training_data)),
        (Text(ko="이용허락", en="Licence"), plain(submission.sheet.licence)),
        (Text(ko="모델 파일 sha256", en="sha256 of the model"), plain(submission.model_sha256)),
    )
    return _section(SectionKey.MODEL, (), facts)


def _method(problem: Problem) -> Section:
    confidence = f"{100 * (1 - problem.alpha):g}"
    paragraphs = (
        Text(
            ko=f"모델과 현행 업무를 같은 사례에서 짝지어 비교하였습니다. 신뢰구간은 {confidence} %이며, "
            "구간의 아래 끝이 등록한 기준보다 높을 때에만 입증으로 봅니다.",
            en=f"Model and practice were compared on the same cases. Intervals are {confidence} %; only a lower bound "
            "above the registered line counts as proof.",
        ),
        problem.missing_rule,
        problem.threshold_rule,
        problem.stopping_rule,
    )
    clusters = (
        Text(ko="군집(장소·날짜·사람)을 고려하여 계산", en="Clusters (site, day, person) are accounted for")
        if problem.clustered
        else Text(ko="사례는 서로 독립으로 등록", en="Cases were registered as independent")
    )
    return _section(SectionKey.METHOD, paragraphs, ((Text(ko="사례의 관계", en="How cases relate"), clusters),))


def _environment(run: Run) -> Section:
    facts = [(Text(ko="격리 수준", en="Sandbox level"), plain(f"L{run.sandbox_level or 0}"))]
    facts += [(plain(str(name)), plain(str(value))) for name, value in sorted(run.environment.items())]
    facts.append((plain("pandok"), plain(__version__)))
    return _section(
        SectionKey.ENVIRONMENT,
        (
            Text(
                ko="모델은 네트워크가 없는 격리 공간에서 한 번에 한 사례씩, 정답 없이 실행되었습니다.",
                en="The model ran in a sandbox without network, one case at a time, and without truths.",
            ),
        ),
        tuple(facts),
    )


def _results(problem: Problem, comparison: Comparison) -> Section:
    first = problem.endpoints[0].metric
    tables = (
        results_table(problem, comparison),
        *(group_table(problem, first, group) for group in comparison.groups),
        site_table(problem, first, comparison.sites) if any(cell.name for cell in comparison.sites) else None,
    )
    return _section(SectionKey.RESULTS, (), (), tables)


def _comparison(problem: Problem, comparison: Comparison) -> Section:
    tables = (comparison_table(problem, comparison), noise_table(problem, comparison.endpoints))
    return _section(SectionKey.COMPARISON, comparison.said, (), tables)


def _limitations(problem: Problem, comparison: Comparison) -> Section:
    paragraphs = [
        Text(
            ko="결과는 등록한 자료에서 얻은 것입니다. 받는 기관은 자체 봉인 자료로 다시 시험하여야 합니다.",
            en="The result holds for the registered data. A receiving site tests again on its own sealed set.",
        ),
        Text(
            ko="학습 자료에 봉인 자료가 섞이지 않았다는 것은 제출기관의 진술이며, 실증랩이 입증하지 않습니다.",
            en="That no sealed data were trained on is the submitter's statement, not proven by the lab.",
        ),
    ]
    if problem.clustered:
        paragraphs.append(
            Text(
                ko="군집 구간은 드물고 큰 손실이 몰린 장소가 표본에 없었다면 그것을 볼 수 없습니다.",
                en="The intervals cannot see a rare site with a great loss where the sample holds no such site.",
            )
        )
    if comparison.left_out:
        paragraphs.append(
            Text(
                ko="등록부에 정답이 없는 질의는 1순위 정답률에서 제외하였습니다. "
                "양쪽 모두 맞힐 수 없는 사례는 차이를 묽게 할 뿐입니다.",
                en="Queries that the register cannot answer are left out of the share of right first answers: cases "
                "that neither side can get right would only thin the difference out.",
            )
        )
    return _section(SectionKey.LIMITATIONS, tuple(paragraphs))


def _reproducibility(run: Run, comparison_sha256: str) -> Section:
    facts = (
        (Text(ko="사전등록", en="Registered"), moment_short(run.registration.registered_at, OFFICE_ZONE)),
        (Text(ko="사전등록 sha256", en="sha256 of the registration"), plain(run.registration.sha256)),
        (Text(ko="자료 목록 sha256", en="Root hash of the data"), plain(run.registration.registration.manifest.root)),
        (Text(ko="비교 결과 sha256", en="sha256 of the comparison"), plain(comparison_sha256)),
        (Text(ko="실행 번호", en="Run"), plain(str(run.pk))),
    )
    return _section(
        SectionKey.REPRODUCIBILITY,
        (
            Text(
                ko="같은 모델을 같은 환경에서 다시 실행하면 같은 출력이, 저장된 출력에서 다시 계산하면 "
                "같은 해시가 나옵니다.",
                en="The same model in the same environment gives the same outputs again, and the stored rows give the "
                "same hash.",
            ),
        ),
        facts,
    )
