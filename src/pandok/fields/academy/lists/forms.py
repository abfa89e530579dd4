"""Tests of sealed pictures that wait for a second person's look, and what that person has looked at."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from pandok.common.models import Account
from pandok.fields.academy.lists.looks import not_looked_at
from pandok.fields.academy.models import CertificateForm, Picture, PictureView
from pandok.fields.academy.refusals import refusal


def waiting_forms() -> QuerySet[CertificateForm]:
    """Drawn, of an open course, and looked at by nobody yet."""
    waits = CertificateForm.objects.filter(second_look=None, course__closed_at=None)
    return waits.select_related("course", "drawn_by").order_by("drawn_at")


def form_to_look_at(account: Account, form_id: UUID) -> CertificateForm:
    """Who drew it sees none of its pictures. Raises RequestError academy.not_there."""
    found = waiting_forms().filter(pk=form_id).first()
    if found is None or found.drawn_by_id == account.pk:
        raise refusal("not_there")
    return found


def pictures_of(form: CertificateForm) -> Sequence[Picture]:
    rows = Picture.objects.filter(pk__in=form.pictures).select_related("article").prefetch_related("views")
    return list(rows.order_by("id"))


def view_of_form(account: Account, form_id: UUID, view_id: int) -> PictureView:
    """Raises RequestError academy.not_there."""
    form = form_to_look_at(account, form_id)
    found: PictureView | None = PictureView.objects.filter(pk=view_id, picture__in=form.pictures).first()
    if found is None:
        raise refusal("not_there")
    return found


def object_of(form: CertificateForm) -> str:
    return f"certificate_form:{form.pk}"


def not_looked_at_in(account: Account, form: CertificateForm) -> int:
    """How many of its pictures were not shown to this person from the form's page, in any view."""
    return not_looked_at(account, form.pictures, object_of(form))
