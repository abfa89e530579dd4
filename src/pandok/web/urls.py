"""Every address: those of the frame, and those of each field that this site has."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from pandok.common.declared import rooms
from pandok.web.api import urls as api
from pandok.web.views import errors, front_door, glossary

urlpatterns = [
    path("", front_door.front_door, name="capture"),
    *api.urlpatterns,  # machines ask most often; an address is compared with one pattern after the other
    *[pattern for room in rooms("web.urls") for pattern in room.urlpatterns],
    path("glossary/", glossary.show, name="glossary"),
    path("language/", login_not_required(set_language), name="set_language"),
]

handler400 = errors.bad_request
handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.server_error
