"""A second person's look at the tests of sealed pictures, before anybody sits them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common import house
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError
from pandok.fields.academy.acts.certificates.second_look import look_at_form
from pandok.fields.academy.lists.forms import form_to_look_at, object_of, pictures_of, view_of_form, waiting_forms
from pandok.fields.academy.models import CertificateForm
from pandok.fields.academy.roles import Action
from pandok.fields.academy.web.lesson_forms import SecondLookForm
from pandok.fields.academy.web.shown.boxes import boxes_of_picture
from pandok.fields.academy.web.views.images import image, keep_look
from pandok.fields.academy.web.views.parts import found_or_404
from pandok.web.middleware.deny_by_default import allows
from pandok.web.shown.rendering import refused_status, render


@require_safe
@allows(Action.REVIEW_LESSONS)
def forms(request: AccountRequest) -> HttpResponse:
    rows = [(one, one.drawn_by_id == request.user.pk) for one in waiting_forms()]
    return render(request, "pandok/academy/forms.html", {"forms": rows})


@require_safe
@allows(Action.REVIEW_LESSONS)
def form(request: AccountRequest, form_id: UUID) -> HttpResponse:
    return _page(request, found_or_404(form_to_look_at, request.user, form_id), SecondLookForm())


@require_safe
@allows(Action.REVIEW_LESSONS)
def form_view(request: AccountRequest, form_id: UUID, view_id: int) -> HttpResponse:
    view = found_or_404(lambda who, key: view_of_form(who, key, view_id), request.user, form_id)
    # As the look is counted: whoever accepts the form was shown each of its pictures here.
    keep_look(request, view.preview_sha256, object_of(CertificateForm(pk=form_id)), timezone.now())
    return image(house.blobs().get(view.preview_sha256))


@require_POST
@allows(Action.REVIEW_LESSONS)
def look(request: AccountRequest, form_id: UUID) -> HttpResponse:
    found = found_or_404(form_to_look_at, request.user, form_id)
    sent = SecondLookForm(request.POST)
    sent.full_clean()
    try:
        look_at_form(
            form_id=found.pk,
            accepted=sent.accepts(),
            reason=sent.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        )
    except PandokError as error:
        return _page(request, found, sent, error, status=refused_status(error))
    return redirect("academy_forms")


def _page(
    request: AccountRequest,
    found: CertificateForm,
    sent: SecondLookForm,
    error: PandokError | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    pictures = [(one, boxes_of_picture(one)) for one in pictures_of(found)]
    context = {"found": found, "pictures": pictures, "form": sent, "error": error}
    return render(request, "pandok/academy/form.html", context, status=status)
