"""A reviewer's own reviews: the application, the marks, the lock. Nobody else's marks stand here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.fields.programme.acts.reviews.scoring import lock_marks, save_marks
from pandok.fields.programme.lists.reviews import review_for, reviews_of
from pandok.fields.programme.models import ApplicationReview
from pandok.fields.programme.review_states import ReviewState
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.review_forms import MarksForm
from pandok.fields.programme.web.shown.application_facts import answers_shown, members_shown
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import meant
from pandok.web.shown.rendering import refused_status, render

A_PAGE = 30


@require_safe
@allows(Action.REVIEW_APPLICATIONS)
def reviews(request: AccountRequest) -> HttpResponse:
    page = Paginator(reviews_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(one, ReviewState(one.state).words) for one in page]}
    return render(request, "pandok/programme/reviews.html", context)


@require_safe
@allows(Action.REVIEW_APPLICATIONS)
def review(request: AccountRequest, review_id: UUID) -> HttpResponse:
    return _page(request, _shown(request, review_id))


@require_POST
@allows(Action.REVIEW_APPLICATIONS)
def mark(request: AccountRequest, review_id: UUID) -> HttpResponse:
    """One button keeps the marks, the other locks what stands in the form."""
    found = _shown(request, review_id)
    form = meant(MarksForm(found.application.call.criteria, request.POST))
    now = timezone.now()
    try:
        save_marks(review_id, form.marks(), actor=request.user, now=now)
        if request.POST.get("act", "") == "lock":
            lock_marks(review_id, no_ties=form.cleaned_data["no_ties"], actor=request.user, now=now)
    except PandokError as error:
        found.refresh_from_db()
        return _page(request, found, form=form, error=error)
    return redirect("programme_review", review_id=review_id)


def _shown(request: AccountRequest, review_id: UUID) -> ApplicationReview:
    try:
        return review_for(request.user, review_id)
    except RequestError as error:
        raise Http404 from error


def _page(
    request: AccountRequest, found: ApplicationReview, *, form: Any = None, error: PandokError | None = None
) -> HttpResponse:
    application, state = found.application, ReviewState(found.state)
    call, live = application.call, state is not ReviewState.VOIDED
    due = call.scores_due_at
    marks = state is ReviewState.ASSIGNED and due is not None and timezone.now() <= due
    context = {
        "review": found,
        "state": state.words,
        "application": application,
        "call": call,
        "members": members_shown(application) if live else [],
        "answers": answers_shown(application) if live else [],
        "files": application.files.all() if live else [],
        "form": (form or MarksForm.of(call.criteria, found.marks)) if marks else None,
        "given": [(one, found.marks.get(one["key"], {})) for one in call.criteria]
        if state is ReviewState.LOCKED
        else [],
        "error": error,
    }
    return render(request, "pandok/programme/review.html", context, status=refused_status(error) if error else 200)
