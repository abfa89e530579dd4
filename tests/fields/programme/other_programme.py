"""Another region's Pandok: a process with a home, a database, accounts and a clock of its own, driven by its pages.

python -m tests.fields.programme.other_programme NOW KEY SITE PACKAGE ANSWER
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = {"devices": "레이더 수위계 2곳", "season": "6월부터 9월, 밤낮", "prevalence": "한 해 침수 9회"}


def main(now: str, key: str, site: str, package: str, answer: str) -> None:
    from pandok.cli.terminal import start_django

    start_django()
    from django.contrib.auth.models import Group
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client, override_settings
    from django.utils import timezone

    from pandok.common.models import Account, AuditEntry
    from pandok.fields.lab.acts.proofs.importing import add_key
    from pandok.fields.lab.models import AcceptanceTest, ProofRecord
    from tests.roles import Role

    clock = datetime.fromisoformat(now)
    timezone.now = lambda: clock
    clients: dict[Role, Client] = {}
    for role in (Role.PROGRAMME_OFFICE, Role.PROGRAMME_MANAGER, Role.EVALUATOR, Role.FIELD_OWNER):
        account = Account.objects.create_user(role.value)
        account.groups.add(Group.objects.get_or_create(name=role.value)[0])
        clients[role] = Client()
        clients[role].force_login(account)
    evaluator = Account.objects.get(username=Role.EVALUATOR.value)
    office, manager = clients[Role.PROGRAMME_OFFICE], clients[Role.PROGRAMME_MANAGER]
    told: dict[str, Any] = {}

    def take(**other: str) -> Any:
        file = SimpleUploadedFile("hand-over.zip", Path(package).read_bytes(), "application/zip")
        return office.post("/programme/spread/take/", {"package": file, "region": "yeongnam", **HERE, **other})

    with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
        before = take()
        told["before its key"] = {"status": before.status_code, "words": before.content.decode()}
        reason = "전화로 지문을 비교함"
        add_key(data=Path(key).read_bytes(), site=site, reason=reason, actor=evaluator, now=clock)
        taken = take()
        told["taken"] = taken.status_code
        page = taken.headers["Location"]
        told["again"] = take().status_code
        told["answer before its test"] = manager.post(f"{page}answer/").status_code
        told["to the lab by the office"] = office.post(f"{page}lab/").status_code
        told["to the lab"] = clients[Role.EVALUATOR].post(f"{page}lab/").status_code
        proof = ProofRecord.objects.get()
        told["proof"] = [proof.number, proof.origin]
        # The test itself is the lab's (tests/fields/lab): here it stands as decided.
        AcceptanceTest.objects.create(
            proof=proof, registration_values={}, registration_sha256="d" * 64, planned_n=150, state="refused",
            registered_by=evaluator, registered_at=clock, reason="자체 봉인 자료", verdict="not_proven",
            decided_by=Account.objects.get(username=Role.FIELD_OWNER.value), decided_at=clock,
            decision_reason="레이더 수위계에서는 15분 앞 경보가 모자람",
        )  # fmt: skip
        told["answered by the office"] = office.post(f"{page}answer/").status_code
        told["answered"] = manager.post(f"{page}answer/").status_code
        told["answered again"] = manager.post(f"{page}answer/").status_code
        shown = office.get(page)
        told["shown"] = shown.content.decode()
        Path(answer).write_bytes(office.get(f"{page}answer/file/").content)
        told["map"] = Client().get("/spread/").content.decode()
    told["audit"] = list(
        AuditEntry.objects.filter(action__startswith="hand-over.").order_by("sequence").values_list("action", "actor")
    )
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
