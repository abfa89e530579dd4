"""What the views of problems share: a list in pages, and what it was narrowed to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from pandok.common.models import Account
from pandok.fields.programme.lists.problems import Asked, found_among
from pandok.fields.programme.models import FieldProblem
from pandok.fields.programme.states import ProblemState
from pandok.fields.programme.topics import KoreanRegion, Topic
from pandok.fields.programme.web.problem_forms import FilterForm
from pandok.web.page_language import say

A_PAGE = 30


def listed(request: HttpRequest, problems: QuerySet[FieldProblem], account: Account | None = None) -> dict[str, Any]:
    form = FilterForm(request.GET)
    form.full_clean()
    asked = Asked(**form.cleaned_data)
    page = Paginator(found_among(problems, asked, account), A_PAGE).get_page(request.GET.get("page"))
    sent = {name: value if isinstance(value, str) else "on" for name, value in form.cleaned_data.items() if value}
    return {
        "page": page,
        "rows": [problem_row(one) for one in page],
        "asked": asked,
        "query": urlencode(sent),
        "states": [(one.value, say(one.words)) for one in ProblemState],
        "topics": [(one.value, say(one.words)) for one in Topic],
        "regions": [(one.value, say(one.words)) for one in KoreanRegion],
    }


def problem_row(problem: FieldProblem) -> dict[str, Any]:
    state = ProblemState(problem.state)
    return {
        "problem": problem,
        "state": state.words,
        "badge": _BADGES.get(state, "badge-plain"),
        "topic": Topic(problem.topic).words,
        "region": KoreanRegion(problem.region).words,
    }


_BADGES = {
    ProblemState.ACCEPTED: "badge-good",
    ProblemState.ANSWERED: "badge-good",
    ProblemState.RETURNED: "badge-unsure",
}
