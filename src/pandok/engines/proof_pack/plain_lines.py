"""A proof in plain lines, for people."""

from __future__ import annotations

from collections.abc import Iterator

from pandok.core.lab.proof_pack import DataFacts
from pandok.core.text import Text, counted
from pandok.engines.proof_pack.parsed import Parsed
from pandok.proof.verdict import Verdict


def lines(values: Parsed) -> Iterator[Text]:
    said, problem = values.statement, values.registration.problem
    verdict = Verdict(said.verdict).words
    yield Text(ko=f"입증서 {said.number} · {said.site}", en=f"Proof {said.number} · {said.site}")
    yield Text(ko=f"과제: {said.title.ko}", en=f"Problem: {said.title.en}")
    yield Text(ko=f"물음: {problem.question.ko}", en=f"Question: {problem.question.en}")
    yield Text(ko=f"오늘의 실무: {problem.practice.what.ko}", en=f"Today's practice: {problem.practice.what.en}")
    yield _both("모델", "Model", f"{said.model.name} {said.model.version} · {said.model.submitter}")
    yield _both("모델 sha256", "Model sha256", said.model.sha256)
    yield _both("등록", "Registered", f"{said.registered_at.isoformat()} · {said.registration_sha256}")
    yield Text(
        ko=f"채점한 사례: {said.measured.reached}건(계획 {problem.planned_n}건), 결측 {said.measured.missing}건",
        en=f"Cases scored: {said.measured.reached} of {problem.planned_n} planned, {said.measured.missing} missing",
    )
    yield from history_lines(said.data)
    for line in said.printed:
        figures = f"{line.difference:+.4f} [{line.low:+.4f}, {line.high:+.4f}]"
        yield Text(
            ko=f"{line.metric}: 모델 - 실무 = {figures}, 넘어야 할 선 {line.line:+.4f}",
            en=f"{line.metric}: model - practice = {figures}, line {line.line:+.4f}",
        )
    yield Text(ko=f"판정: {verdict.ko}", en=f"Verdict: {verdict.en}")
    yield from said.sentences
    yield _both("격리 수준", "Sandbox level", str(said.lab.sandbox_level))
    yield _both("유효 기한", "Valid until", said.expires_on.isoformat())


def history_lines(data: DataFacts) -> Iterator[Text]:
    """What was opened before, and what was withheld: said also where it is nothing."""
    before = data.opened_before
    if before is not None:
        alike = Text(ko=f" (그중 다시 저장된 사진 {before.alike}건)", en=f" ({before.alike} as re-saved pictures)")
        yield Text(
            ko=f"확인 사례 {before.of}건 가운데 전에 열린 것: {before.opened}건{alike.ko if before.alike else ''}",
            en=f"Of {counted(before.of, 'confirm case')} opened before: "
            f"{before.opened}{alike.en if before.alike else ''}",
        )
    if data.opening is not None:
        yield Text(
            ko=f"제출기관이 확인 세트를 연 횟수: {data.opening}번째, 비공개로 결정된 결과 {data.withheld or 0}건",
            en=f"Opening of the confirm set by this submitter: no. {data.opening}; withheld: {data.withheld or 0}",
        )


def _both(ko: str, en: str, value: str) -> Text:
    return Text(ko=f"{ko}: {value}", en=f"{en}: {value}")
