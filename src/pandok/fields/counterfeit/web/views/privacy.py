"""The privacy notice (개인정보처리방침): what Pandok really keeps, and what the agency has to add."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.acts.retention.policy import current_policy
from pandok.fields.counterfeit.web.shown.privacy import GIVEN_TO, KEPT, length_of
from pandok.settings import settings
from pandok.web.shown.rendering import render


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """For everybody, signed in or not; the periods are those by which files are really proposed for deletion."""
    policy = current_policy(timezone.now().astimezone(OFFICE_ZONE).date())
    context = {
        "kept": KEPT,
        "given_to": GIVEN_TO,
        "policy": policy,
        "periods": [(one.title, length_of(one), one.checked_by) for one in policy.periods],
        "officer": settings().privacy_officer,
        "contact": settings().contact,
    }
    return render(request, "pandok/privacy.html", context)
