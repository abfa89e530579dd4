"""What officers are told of random checks: on the page of a drawn case, and how many wait above their cases."""

from __future__ import annotations

from typing import Any

from django import template

from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.roles import Action
from pandok.fields.lab.acts.assisted.reader_steps import open_readings
from pandok.fields.lab.acts.shadow.random_checks import check_of_case, open_checks

register = template.Library()


@register.inclusion_tag("pandok/lab/shadow/check_notice.html", takes_context=True)
def random_check(context: Any, case: Case) -> dict[str, Any]:
    user = context["request"].user
    return {"draw": check_of_case(case.id) if user.may(Action.WORK_CASES) else None}


@register.inclusion_tag("pandok/lab/shadow/checks_waiting.html", takes_context=True)
def random_checks_waiting(context: Any) -> dict[str, Any]:
    user = context["request"].user
    works = user.may(Action.WORK_CASES)
    return {
        "count": open_checks(user).count() if works else 0,
        "readings": open_readings(user).count() if works else 0,
    }
