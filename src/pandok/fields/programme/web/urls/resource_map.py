"""Addresses of the map of resources."""

from __future__ import annotations

from django.urls import path

from pandok.fields.programme.web.views import resources

urlpatterns = [
    path("programme/resources/", resources.resources, name="programme_resources"),
    path("programme/resources/new/", resources.enter, name="programme_enter_resource"),
    path("programme/resources/<uuid:resource_id>/", resources.resource, name="programme_resource"),
    path("programme/resources/<uuid:resource_id>/reword/", resources.reword, name="programme_reword_resource"),
    path("programme/resources/<uuid:resource_id>/book/", resources.book, name="programme_book_resource"),
    path("programme/resources/<uuid:resource_id>/calendar.ics", resources.calendar, name="programme_calendar"),
    path("programme/resources/bookings/<int:booking_id>/cancel/", resources.cancel, name="programme_cancel_booking"),
]
