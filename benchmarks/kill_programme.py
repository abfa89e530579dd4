"""Question: is anything of the programme lost or half done where its process is killed at any moment?

    python -m benchmarks.kill_programme --kills 100 --out benchmarks/results/kill_programme.json

A process leads one problem after another through the use cases: proposed, examined, accepted, shared, agreed on, its
KPI sheet written, offered, signed by two, measured, certified by two, an outcome entered and checked. It says each step
once the use case has returned, and is killed (SIGKILL) after a random time; the next one begins with another problem.
In the end everything that was said must be there; every history must be whole and end in the state of its record; the
audit chain must hold and tell of each step once; locks, certificates and files of outcomes must be as they were signed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result

ROOT = Path(__file__).resolve().parent.parent
SEED = 14
LONGEST_S = 1.5
_APART = timedelta(days=250)
"""Between the steps before the measuring day and those after it."""


def run(kills: int, *, seed: int, home: Path) -> dict[str, Any]:
    """In a process of its own, so that the caller's Django is left alone."""
    home.mkdir(parents=True, exist_ok=True)
    chosen = {"PANDOK_HOME": str(home), "PANDOK_STORE": "", "PANDOK_TWO_STEP": "off", "OMP_NUM_THREADS": "1"}
    paths = {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    command = [sys.executable, "-m", "benchmarks.kill_programme", "--inside", str(kills), str(seed)]
    done = subprocess.run(command, env=os.environ | chosen | paths, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _inside(kills: int, seed: int) -> dict[str, Any]:
    from pandok.cli.terminal import start_django

    start_django()
    from django.db import connections

    from pandok.common.people.accounts import ensure_role_groups

    ensure_role_groups()
    _people()
    random_ = random.Random(seed)
    said: list[tuple[int, str]] = []
    died_after: Counter[str] = Counter()
    for kill in range(kills):
        connections.close_all()
        heard, tells = os.pipe()
        child = os.fork()
        if not child:
            os.close(heard)
            _lead_on(kill * 1_000, tells)
        os.close(tells)
        time.sleep(random_.uniform(0.0, LONGEST_S))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(heard, encoding="ascii") as told:
            steps = [line.split() for line in told if line.endswith("\n")]
        said += [(int(number), step) for number, step in steps]
        died_after[steps[-1][1] if steps else "nothing"] += 1
    return {
        "kills": kills,
        "acknowledged": len(said),
        "died_after": dict(sorted(died_after.items())),
        **_checked(said),
    }


def _people() -> None:
    from tests.fields.programme.office import person
    from tests.roles import Role

    for role in (
        Role.PROGRAMME_OFFICE, Role.PROGRAMME_MANAGER, Role.COMMITTEE_MEMBER, Role.FIELD_OWNER, Role.OFFICER
    ):  # fmt: skip
        person(role)
    person(Role.HOLDER, "who has it too")


def _lead_on(number: int, tells: int) -> None:
    """Never returns."""
    try:
        while True:
            for step, act in _steps(number):
                act()
                os.write(tells, f"{number} {step}\n".encode())
            number += 1
    except BaseException as error:  # the forked process must not go on as its parent
        print(repr(error), file=sys.stderr)
    finally:
        os._exit(1)


def _steps(number: int) -> list[tuple[str, Callable[[], Any]]]:
    from pandok.common import house
    from pandok.fields.programme.acts.agreements.drafting import AgreementSaid, make_agreement, offer, put_line
    from pandok.fields.programme.acts.agreements.signing import sign
    from pandok.fields.programme.acts.certificates.issuing import draft_certificate
    from pandok.fields.programme.acts.evidence.measuring import measure
    from pandok.fields.programme.acts.outcomes.entering import check_outcome, enter_outcome
    from pandok.fields.programme.acts.problems.examining import accept_problem, examine_problem
    from pandok.fields.programme.acts.problems.sharing import share_problem
    from tests.fields.programme.ledger import PATENT, PDF
    from tests.fields.programme.office import AGREED, LINE, NOON, OVER, WHY, issued, person, proposed
    from tests.roles import Role

    office, manager, owner = (person(one) for one in (Role.PROGRAMME_OFFICE, Role.PROGRAMME_MANAGER, Role.FIELD_OWNER))
    # The clock of the trail goes on with every problem; the days between are those of the measuring.
    start = OVER + timedelta(minutes=number)
    early, member = start, person(Role.COMMITTEE_MEMBER)
    late = start + _APART
    line = LINE | {"measured_on": (start + timedelta(days=1)).date().isoformat()}
    patent = PATENT | {"registration": f"10-2026-{number:07d}", "happened_on": NOON.date().isoformat()}
    kept: dict[str, Any] = {}

    def keep(name: str, made: Any) -> None:
        kept[name] = made.pk

    def certified(what: str) -> None:
        from pandok.fields.programme.models import TrialCertificate

        if what == "draft":
            keep("certificate", draft_certificate(kept["measurement"], "trial", actor=office, now=late))
        else:
            issued(TrialCertificate.objects.get(pk=kept["certificate"]), now=late)

    by_office: dict[str, Any] = {"actor": office, "now": early}
    return [
        ("proposed", lambda: keep("problem", proposed(person(Role.OFFICER), now=early, title=f"problem {number}"))),
        ("examined", lambda: examine_problem(kept["problem"], reason=WHY, **by_office)),
        ("accepted", lambda: accept_problem(kept["problem"], publish=True, reason=WHY, actor=member, now=early)),
        (
            "shared",
            lambda: share_problem(
                kept["problem"], region="jeju", note=WHY, actor=person(Role.HOLDER, "who has it too"), now=early
            ),
        ),
        ("drafted", lambda: keep("agreement", make_agreement(kept["problem"], AgreementSaid(**AGREED), **by_office))),
        ("written", lambda: put_line(kept["agreement"], line, **by_office)),
        ("offered", lambda: offer(kept["agreement"], reason=WHY, **by_office)),
        ("signed", lambda: sign(kept["agreement"], agrees=True, reason=WHY, actor=manager, now=early)),
        ("locked", lambda: sign(kept["agreement"], agrees=True, reason=WHY, actor=owner, now=early)),
        ("measured", lambda: keep("measurement", measure(kept["agreement"], actor=office, now=late))),
        ("certified", lambda: certified("draft")),
        ("issued", lambda: certified("issue")),
        (
            "entered",
            lambda: keep(
                "outcome",
                enter_outcome(
                    kept["agreement"], patent, data=PDF, filename="a.pdf", blobs=house.blobs(), actor=office, now=late
                ),
            ),
        ),
        ("checked", lambda: check_outcome(kept["outcome"], holds=True, reason=WHY, actor=manager, now=late)),
    ]


def _checked(said: list[tuple[int, str]]) -> dict[str, Any]:
    """What is wrong in the end, and what was looked at."""
    from pandok.common import house
    from pandok.common.audit.writing import verify
    from pandok.common.models import AuditEntry
    from pandok.fields.programme.acts.certificates.checking import faults_of
    from pandok.fields.programme.lists.agreements import changes_since_lock
    from pandok.fields.programme.models import Agreement, FieldProblem, Outcome, TrialCertificate
    from tests.fields.programme.office import KEY

    wrong: list[str] = []
    problems = {one.title: one for one in FieldProblem.objects.all()}
    for number, step in said:
        if not _stands(problems.get(f"problem {number}"), step):
            wrong.append(f"problem {number}: {step} was said and is not there")
    records: list[Any] = [*problems.values(), *Agreement.objects.all(), *TrialCertificate.objects.all()]
    for one in records:
        events = list(one.events.order_by("sequence"))
        if [event.sequence for event in events] != list(range(1, len(events) + 1)):
            wrong.append(f"the history of {one.number} has a gap")
        if not events or events[-1].to_state != one.state:
            wrong.append(f"{one.number} is {one.state}, but its history says otherwise")
        told = AuditEntry.objects.filter(object__endswith=f":{one.pk}").count()
        if told < len(events):
            wrong.append(f"{one.number} has {len(events)} events and {told} entries in the trail")
    for agreement in Agreement.objects.filter(version__gt=0):
        if changes_since_lock(agreement, agreement.made_at):
            wrong.append(f"{agreement.number} is not as it was signed")
    for certificate in TrialCertificate.objects.exclude(issued_at=None):
        if faults_of(certificate, [KEY.public]):
            wrong.append(f"{certificate.number} is not as it was issued")
    for outcome in Outcome.objects.all():
        if not house.blobs().get(outcome.sha256):
            wrong.append(f"the file of {outcome.number} is lost")
    if verify() is not None:
        wrong.append("the audit chain is broken")
    return {"records": len(records), "outcomes": Outcome.objects.count(), "problems": wrong}


def _stands(problem: Any, step: str) -> bool:
    if problem is None:
        return False
    if step in ("proposed", "examined", "accepted"):
        order = ["proposed", "under_review", "accepted"]
        return order.index(problem.state) >= ("proposed", "examined", "accepted").index(step)
    if step == "shared":
        return bool(problem.shares.exists())
    agreement = problem.agreements.first()
    if agreement is None:
        return False
    certificate, outcome = agreement.certificates.first(), agreement.outcomes.first()
    stands: dict[str, Callable[[], bool]] = {
        "drafted": lambda: True,
        "written": lambda: len(agreement.lines) == 1,
        "offered": lambda: agreement.state in ("offered", "running"),
        "signed": lambda: agreement.versions.get().signatures.exists(),
        "locked": lambda: agreement.state == "running" and agreement.remeasurements.count() == 2,
        "measured": lambda: agreement.measurements.filter(occasion="final").exists(),
        "certified": lambda: certificate is not None,
        "issued": lambda: certificate is not None and certificate.state == "issued",
        "entered": lambda: outcome is not None,
        "checked": lambda: outcome is not None and outcome.check_made.holds,
    }
    return stands[step]()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--inside", nargs=2, type=int)
    chosen = parser.parse_args()
    if chosen.inside:
        print(json.dumps(_inside(*chosen.inside)))
        return
    with tempfile.TemporaryDirectory(prefix="pandok-kill-") as name:
        found = run(chosen.kills, seed=chosen.seed, home=Path(name) / "home")
    print(json.dumps(found, ensure_ascii=False, indent=1))
    if chosen.out:
        write_result(chosen.out, str(__doc__).splitlines()[0], chosen.seed, found)
    if found["problems"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
