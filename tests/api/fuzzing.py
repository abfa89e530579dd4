"""Schemathesis against the whole app in this process; every call is undone, so that all find the same state."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import hypothesis
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from pandok.common.audit.chain import ask_for_check
from pandok.common.messages.webhooks import add_endpoint, ping
from pandok.common.models import Account
from pandok.web.api.rate import BUCKETS
from tests.api.world import ApiSite
from tests.roles import Role

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
KNOWN_SHARE = 0.7
"""Of the calls, the share in which ids of things that exist take the place of made-up ones."""


@dataclass
class Done:
    operations: int = 0
    calls: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")


def fuzz(site: ApiSite, *, role: str, examples: int, seed: int) -> Done:
    account = site.member(Role(role))
    token, known, rng = site.token_of(account), _known(site, account), random.Random(seed)
    done = Done()
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    for result in described.get_all_operations():
        operation = result.ok()
        done.operations += 1

        @hypothesis.seed(seed)
        @hypothesis.settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @hypothesis.given(case=operation.as_strategy())
        def shoot(case: schemathesis.Case) -> None:
            if rng.random() < KNOWN_SHARE:
                _use_known(case, known)
            BUCKETS.clear()
            with transaction.atomic():
                response = case.call(headers={"Authorization": f"Bearer {token}"})
                transaction.set_rollback(True)
            done.calls += 1
            done.statuses[response.status_code] = done.statuses.get(response.status_code, 0) + 1
            case.validate_response(response, checks=CHECKS)

        try:
            shoot()
        except (Failure, FailureGroup) as error:
            done.faults.append(f"{operation.label}: {error}"[:1500])
    return done


def _known(site: ApiSite, account: Account) -> dict[str, str]:
    found = site.notified_case()
    officer = site.world.officer
    endpoint, _ = add_endpoint(
        account=account,
        title="t",
        url="https://desk.example/",
        events=["case.opened"],
        check=lambda _: None,
        actor=account,
        now=timezone.now(),
    )
    return {
        "case_id": str(found.id),
        "reading_id": str(found.reading_id),
        "document_id": str(site.document(found).id),
        "notice_id": str(found.notices.get(party=site.world.holder).id),
        "sha256": found.signal.photographs.get().sha256,
        "design_id": "30-0001",
        "party_id": str(site.world.importer.pk),
        "webhook_id": str(endpoint.id),
        "delivery_id": str(ping(endpoint=endpoint, actor=officer, now=timezone.now()).pk),
        "check_id": str(ask_for_check(asked_by="x", full=True, now=timezone.now()).id),
    }


def _use_known(case: schemathesis.Case, known: dict[str, str]) -> None:
    for name in case.path_parameters or {}:
        if name in known:
            case.path_parameters[name] = known[name]
    if isinstance(case.body, dict):
        for name in case.body:
            if name in known:
                case.body[name] = known[name]
