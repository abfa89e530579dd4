"""The accounts and wires that carry a model through the lab from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandok.demo.lab_demonstration import WholeWay


def open_way(prefix: str, *, site: str, reason: str) -> WholeWay:
    """The way with the accounts `prefix` + role. Django is ready, and the accounts exist."""
    from datetime import UTC, datetime

    from pandok.common import house
    from pandok.common.jobs.process import run_worker
    from pandok.common.models import Account
    from pandok.common.roles import AnyRole
    from pandok.demo.lab_demonstration import People, WholeWay
    from pandok.engines.sandbox.sandbox import open_sandbox
    from pandok.fields.lab.acts.runs.run_moves import JOB
    from pandok.fields.lab.acts.vault.site_vault import site_vault
    from pandok.fields.lab.roles import Role

    def person(role: AnyRole) -> Account:
        return Account.objects.get(username=prefix + role.value)

    def work() -> None:
        run_worker(once=True, kinds=(JOB,))

    return WholeWay(
        people=People(
            steward=person(Role.DATA_STEWARD),
            owner=person(Role.FIELD_OWNER),
            evaluator=person(Role.EVALUATOR),
            checker=person(Role.OUTPUT_CHECKER),
            company=person(Role.SUBMITTER),
        ),
        vault=site_vault(),
        blobs=house.blobs(),
        clock=lambda: datetime.now(UTC),
        check=open_sandbox().check,
        work=work,
        site=site,
        reason=reason,
    )
