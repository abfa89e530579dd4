"""Another region's Pandok as a server: a process with a home, a database, keys and a clock of its own.

python -m tests.fields.programme.other_server NOW KEY SITE PASSWORD

It says at which port it listens, and goes when its standard input is closed. The line `measured` on standard input
says that its lab has measured the reader on its own sealed data: the run itself is tried in tests/fields/lab.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread


def main(now: str, key: str, site: str, password: str) -> None:
    from pandok.cli.terminal import start_django

    start_django()
    from django.contrib.auth.models import Group
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application
    from django.test import override_settings
    from django.utils import timezone

    from pandok.common.models import Account
    from pandok.fields.lab.acts.proofs.importing import add_key
    from pandok.fields.lab.models import AcceptanceTest, ProofRecord
    from tests.roles import Role

    clock = datetime.fromisoformat(now)
    timezone.now = lambda: clock
    for role in (Role.PROGRAMME_OFFICE, Role.PROGRAMME_MANAGER, Role.EVALUATOR, Role.FIELD_OWNER):
        account = Account.objects.create_user(role.value, password=password)
        account.groups.add(Group.objects.get_or_create(name=role.value)[0])
    evaluator = Account.objects.get(username=Role.EVALUATOR.value)
    reason = "전화로 지문을 비교함"
    add_key(data=Path(key).read_bytes(), site=site, reason=reason, actor=evaluator, now=clock)
    with override_settings(
        ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False, SESSION_COOKIE_SECURE=False, CSRF_COOKIE_SECURE=False
    ):
        served = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
        served.daemon_threads = True
        served.set_app(get_wsgi_application())
        Thread(target=served.serve_forever, daemon=True).start()
        print(served.server_port, flush=True)
        for line in sys.stdin:
            if line.strip() != "measured":
                continue
            clock += timedelta(hours=1)
            AcceptanceTest.objects.create(
                proof=ProofRecord.objects.get(), registration_values={}, registration_sha256="d" * 64, planned_n=150,
                state="measured", registered_by=evaluator, registered_at=clock, reason="자체 봉인 자료",
                verdict="proven", measured_at=clock,
            )  # fmt: skip
            print("measured", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
