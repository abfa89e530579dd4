"""The site as it is served, with one problem and a company's token: run as a process, prints them and serves.

python -m tests.api.served_uploads PORT
"""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import timedelta


def main(port: int) -> None:
    from pandok.web.serve import prepare, serve

    prepare()
    from django.contrib.auth.models import Group
    from django.utils import timezone

    from pandok.common.models import Account, ApiToken
    from pandok.common.people.scopes import scope_of, scopes_of
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.lab.web import sandbox_tools
    from pandok.settings import settings
    from tests.fields.lab.acts.runs.fakes import FakeSandboxes, make_registration
    from tests.roles import Role

    blobs = FolderBlobs(settings().home / "blobs")
    registration = make_registration(public=blobs.put(b"public part"))
    company = Account.objects.create_user("company")
    company.groups.add(Group.objects.get_or_create(name=Role.SUBMITTER.value)[0])
    now, token = timezone.now(), f"pdk_{'a' * 8}_{'b' * 32}"
    ApiToken.objects.create(
        account=company,
        title="program",
        prefix="a" * 8,
        sha256=hashlib.sha256(token.encode()).hexdigest(),
        scopes=[scope_of(one) for one in scopes_of(company.roles)],
        made_by=company,
        made_at=now,
        expires_at=now + timedelta(days=1),
    )
    sandbox_tools.check = FakeSandboxes().check
    sandbox_tools.public_ids = lambda _: frozenset(f"p{one:03d}" for one in range(30))
    print(json.dumps({"token": token, "problem": str(registration.pack_id)}), flush=True)
    serve("127.0.0.1", port)


if __name__ == "__main__":
    main(int(sys.argv[1]))
