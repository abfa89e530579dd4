"""`pandok programme measure`, `recompute`, `certificates`: KPIs measured and computed again, and what was certified."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from pandok.cli.terminal import console, language, print_json, say, start_django
from pandok.core.text import Text, counted

Json = Annotated[bool, typer.Option("--json", help="JSON으로 출력합니다 · Print JSON.")]


def measure(
    number: Annotated[str, typer.Argument(help="협약 번호 · Number of the agreement.")], in_json: Json = False
) -> None:
    """협약의 성과지표 측정 · Measure the KPIs of an agreement: interim before its measuring days, then final."""
    start_django()
    from pandok.core.programme.evidence import Occasion
    from pandok.fields.programme.acts.evidence import measuring
    from pandok.fields.programme.agreement_refusals import refusal
    from pandok.fields.programme.models import Agreement
    from pandok.proof.verdict import Verdict

    found = Agreement.objects.filter(number=number).first()
    if found is None:
        raise refusal("not_there")
    made = measuring.measure(found.pk, actor=None, now=datetime.now(UTC))
    if in_json:
        print_json(made.values | {"sha256": made.sha256})
        return
    console().print(f"{made.number}\t{Occasion(made.occasion).words.in_language(language())}", markup=False)
    for one in made.evidence.kpis:
        bounds = "" if one.interval is None else f" ({one.interval[0]:.4g}-{one.interval[1]:.4g})"
        value = "-" if one.value is None else f"{one.value:.4g}{bounds}"
        verdict = say(Verdict(one.verdict).words)
        console().print(f"{one.key}\t{value}\t{one.rows}\t{verdict}", soft_wrap=True, markup=False)


def recompute(
    number: Annotated[str, typer.Argument(help="측정 번호 · Number of a measurement; all where left out.")] = "",
    in_json: Json = False,
) -> None:
    """보관한 측정을 다시 계산 · Compute kept measurements again; exit code 1 where another value comes out."""
    start_django()
    from pandok.fields.programme.acts.evidence import measuring
    from pandok.fields.programme.evidence_refusals import refusal
    from pandok.fields.programme.models import Measurement

    found = Measurement.objects.select_related("agreement", "version", "again").order_by("number")
    kept = list(found.filter(number=number) if number else found)
    if number and not kept:
        raise refusal("not_there")
    now = datetime.now(UTC)
    again = [(one.number, measuring.recompute(one, now)) for one in kept]
    if in_json:
        print_json(
            [
                {"number": name, "same": one.same, "differences": [part.model_dump() for part in one.differences]}
                for name, one in again
            ]
        )
    else:
        for name, one in again:
            for part in one.differences:
                told = f"{name}\t{say(part.part.words)}\t{part.at}\t{part.was} -> {part.now}"
                console().print(told, soft_wrap=True, markup=False)
        same = sum(one.same for _, one in again)
        words = Text(
            ko=f"측정 {len(again)}건 가운데 {same}건이 같은 값",
            en=f"{same} of {counted(len(again), 'measurement')} came out the same",
        )
        console().print(say(words), style="green" if same == len(again) else "red")
    if not all(one.same for _, one in again):
        raise typer.Exit(1)


def certificates(in_json: Json = False) -> None:
    """확인서가 발급한 그대로인지 · Whether every certificate is as it was issued; exit code 1 where one is not."""
    start_django()
    from pandok.fields.programme.acts.certificates.checking import faults_of, keys_of
    from pandok.fields.programme.certificate_states import CertificateState
    from pandok.fields.programme.models import TrialCertificate
    from pandok.settings import settings

    home = settings().home
    kept = TrialCertificate.objects.exclude(issued_at=None).order_by("number")
    found = [(one, faults_of(one, keys_of(one, home))) for one in kept]
    if in_json:
        print_json([{"number": one.number, "state": one.state, "faults": faults} for one, faults in found])
    else:
        for one, faults in found:
            told = [say(CertificateState(one.state).words), *(say(fault.words) for fault in faults)]
            console().print("\t".join([one.number, *told]), soft_wrap=True, markup=False)
    if any(faults for _, faults in found):
        raise typer.Exit(1)
