"""The lab's part of `make demo`, with the shipped encoder: a hostile model is refused, an honest one proven, and the
proof verified by the command alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pandok.common.models import Account
from pandok.common.people.accounts import DEMO_PREFIX, ensure_demo_accounts
from pandok.demo.lab import FOLDER, KEY, PROOF, prepare_lab
from pandok.fields.lab.models import ComparisonRecord, Deposit, ProblemPack, ProofRecord, Run, Submission
from pandok.settings import settings
from tests.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home() -> Path:
    return settings().home


def test_the_whole_way_from_a_pack_to_a_proof_that_others_verify(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ensure_demo_accounts(timezone.now())
    prepare_lab(home)
    said = capsys.readouterr().out
    assert "✗ hostile.zip" in said
    assert "✓ reader.zip" in said
    assert ComparisonRecord.objects.get().verdict == "proven"
    before = (Submission.objects.count(), Run.objects.count(), ProofRecord.objects.count())
    prepare_lab(home)
    assert (Submission.objects.count(), Run.objects.count(), ProofRecord.objects.count()) == before == (2, 2, 1)
    for role, address in _pages():
        client = Client()
        client.force_login(Account.objects.get(username=DEMO_PREFIX + role.value))
        assert client.get(address).status_code == 200, (role, address)
    folder = home / FOLDER
    main = "from pandok.cli.main import main; main()"
    command = [sys.executable, "-c", main, "proof", "verify", str(folder / PROOF)]
    done = subprocess.run([*command, "--key", str(folder / KEY)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def _pages() -> list[tuple[Role, str]]:
    """The page of everything that the way leaves behind, with who looks at it."""
    run = Run.objects.get(part="confirm")
    objects = {
        "deposit": (Role.DATA_STEWARD, Deposit.objects.get().pk),
        "problem": (Role.FIELD_OWNER, ProblemPack.objects.get().pk),
        "submission": (Role.SUBMITTER, run.submission_id),
        "lab_run": (Role.LAB_OPERATOR, run.pk),
        "result": (Role.SUBMITTER, run.pk),
        "proof": (Role.AUDITOR, ProofRecord.objects.get().pk),
    }
    return [(role, reverse(name, args=[key])) for name, (role, key) in objects.items()]
