"""What help did: the same figures with it and without it, each with its interval and of how many."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pandok.common.web.requests import AccountRequest
from pandok.fields.xray.lists.help_figures import programs_of, read_once, with_and_without
from pandok.fields.xray.lists.visible import inspections_visible_to
from pandok.fields.xray.roles import Action
from pandok.fields.xray.web.shown.help_origin import origin_of_program
from pandok.fields.xray.web.shown.help_table import help_table
from pandok.settings import settings
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import render


@require_safe
@allows(Action.SEE_SCAN_FIGURES)
def figures(request: AccountRequest) -> HttpResponse:
    seen = inspections_visible_to(request.user)
    real = read_once(seen.filter(from_generator=False))
    helped, alone = with_and_without(real)
    trained, trained_alone = with_and_without(read_once(seen.filter(from_generator=True)))
    drawn = settings().xray_opened_by_draw
    context = {
        "real": help_table(helped, alone, drawn),
        "generated": help_table(trained, trained_alone, drawn),
        "any_real": helped.readings + alone.readings,
        "without_program": sum(one.with_help is None for one in real),
        "any_generated": trained.readings + trained_alone.readings,
        "programs": [(title, origin_of_program(title)) for title in programs_of(seen)],
        "share_alone": settings().xray_without_help,
        "share_drawn": drawn,
    }
    return render(request, "pandok/xray/figures.html", context)
