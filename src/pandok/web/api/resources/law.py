"""The versions of the law: which clocks run how long. A case keeps the version under which it was opened."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel

from pandok.core.cases.law import LawVersion
from pandok.desk.cases.law import OFFICE_ZONE, current_law, law_versions
from pandok.desk.roles import Action
from pandok.web.api.access import may
from pandok.web.api.refusals import answers

router = Router(tags=["law"])


class Law(BaseModel):
    """`current` is the version of cases that are opened today."""

    current: str
    versions: list[LawVersion]


@router.get("", auth=may(Action.SEE_CASES), response=answers(Law), summary="Versions of the law")
def get_law(request: HttpRequest) -> Law:  # noqa: ARG001
    today = timezone.now().astimezone(OFFICE_ZONE).date()
    return Law(current=current_law(today).version, versions=list(law_versions()))
