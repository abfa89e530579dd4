"""The first address: what Pandok does, for visitors who are not signed in; their own first page for everybody else."""

from __future__ import annotations

from django.conf import settings as django_settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from pandok.common.declared import PublicCount, PublicPage, declared, named, public_pages
from pandok.common.roles import Action
from pandok.settings import settings
from pandok.web.shown.front_door import AROUND, STEPS
from pandok.web.views.errors import not_allowed


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def front_door(request: HttpRequest) -> HttpResponse:
    """A browser whose session has ended is led to the sign-in at once: whoever works here reads no introduction."""
    if request.user.is_authenticated:
        if not request.user.may(Action.SEE_OWN_ACCOUNT):
            return not_allowed(request)
        return _first_page(request)
    if request.method == "POST" or django_settings.SESSION_COOKIE_NAME in request.COOKIES:
        return redirect_to_login(request.get_full_path())
    fields = [field.introduction for field in declared() if field.introduction]
    context = {"steps": STEPS, "fields": fields, "around": AROUND, "shown": _shown(), "contact": settings().contact}
    return render(request, "pandok/front_door.html", context)


def _shown() -> list[tuple[PublicPage, PublicCount]]:
    """What stands on the public pages of the fields; what is still empty is left to the foot of the page."""
    counted = [(page, named(page.counted)()) for page in public_pages() if page.counted]
    return [(page, found) for page, found in counted if found.number]


def _first_page(request: HttpRequest) -> HttpResponse:
    place = next(field.first_page for field in declared() if field.first_page)
    answer: HttpResponse = named(place)(request)
    return answer
