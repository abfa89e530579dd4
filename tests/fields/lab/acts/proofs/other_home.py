"""Another site: a process with a home, a database, accounts and a clock of its own. Prints what became of each step.

python -m tests.fields.lab.acts.proofs.other_home NOW KEY SITE PACK [PACK …]
"""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime, timedelta
from typing import Any


def main(now: str, key: str, site: str, packs: list[str]) -> None:
    from pandok.cli.terminal import start_django

    start_django()
    from django.contrib.auth.models import Group
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client, override_settings
    from django.utils import timezone
    from typer.testing import CliRunner

    from pandok.cli.main import app
    from pandok.common.models import Account, AuditEntry
    from pandok.fields.lab.models import ProofRecord
    from tests.roles import Role

    clock = [datetime.fromisoformat(now)]
    timezone.now = lambda: clock[0]
    for name, role in (("evaluator", Role.EVALUATOR), ("officer", Role.OFFICER)):
        account = Account.objects.create_user(name, password="for this test only")
        account.groups.add(Group.objects.get_or_create(name=role.value)[0])

    def command(*words: str) -> dict[str, Any]:
        done = CliRunner().invoke(app, ["proof", *words])
        code = re.findall(r"^\[([\w.]+)\]$", done.output + done.stderr, re.MULTILINE)
        return {"exit": done.exit_code, "code": code[-1] if code else "", "said": done.stdout}

    told: dict[str, Any] = {"before its key": command("import", packs[0], "--by", "evaluator")}
    reason = ["--site", site, "--reason", "read out by telephone"]
    told["key by who may not"] = command("trust", key, *reason, "--by", "officer")
    told["key"] = command("trust", key, *reason, "--by", "evaluator")
    told["altered or foreign"] = [command("import", one, "--by", "evaluator") for one in packs[1:]]
    clock[0] += timedelta(days=400)
    told["expired"] = command("import", packs[0], "--by", "evaluator")
    clock[0] -= timedelta(days=400)
    told["by who may not"] = command("import", packs[0], "--by", "officer")
    told["kept before"] = ProofRecord.objects.count()
    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
        client = Client()
        client.force_login(Account.objects.get(username="evaluator"))
        with open(packs[0], "rb") as file:
            sent = client.post("/lab/proofs/import/", {"pack": SimpleUploadedFile("proof.zip", file.read())})
        told["page"] = {"status": sent.status_code, "address": sent.headers.get("Location", "")}
        shown = client.get(told["page"]["address"] or "/lab/proofs/")
        told["shown"] = {"status": shown.status_code, "words": shown.content.decode()}
    told["again"] = command("import", packs[0], "--by", "evaluator")
    told["list"] = json.loads(command("list", "--json")["said"])
    told["audit"] = list(
        AuditEntry.objects.filter(action__startswith="proof.").order_by("sequence").values_list("action", "actor")
    )
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
