"""Every address of the desk."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from pandok.common.web.urls import accounts, deliveries
from pandok.common.web.urls import audit as audit_routes
from pandok.fields.counterfeit.web.urls import capture as capture_routes
from pandok.fields.counterfeit.web.urls import cases as case_routes
from pandok.fields.counterfeit.web.urls import designs as design_routes
from pandok.fields.counterfeit.web.urls import parties
from pandok.fields.counterfeit.web.views import pictures, privacy, readings
from pandok.fields.lab.web.urls import lab as lab_routes
from pandok.web.api import urls as api_routes
from pandok.web.views import errors, front_door

urlpatterns = [
    path("", front_door.front_door, name="capture"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("readings/", readings.list_readings, name="readings"),
    path("readings/<uuid:reading_id>/", readings.show_reading, name="reading"),
    path("readings/<uuid:reading_id>/again/", readings.read_it_again, name="read_again"),
    path("readings/<uuid:reading_id>/marks/", readings.read_marks, name="read_marks"),
    path("pictures/<str:sha256>", pictures.picture, name="picture"),
    *accounts.urlpatterns,
    *capture_routes.urlpatterns,
    *case_routes.urlpatterns,
    *design_routes.urlpatterns,
    *parties.urlpatterns,
    *deliveries.urlpatterns,
    *api_routes.urlpatterns,
    *audit_routes.urlpatterns,
    *lab_routes.urlpatterns,
    path("language/", login_not_required(set_language), name="set_language"),
]

handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.server_error
