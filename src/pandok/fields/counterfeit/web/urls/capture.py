"""Addresses of captures from phones and of the installable app."""

from __future__ import annotations

from django.urls import path

from pandok.fields.counterfeit.web.views import app_shell, captures

urlpatterns = [
    path("captures/", captures.receive, name="receive_capture"),
    path("captures/session/", captures.session, name="capture_session"),
    path("captures/codes/", captures.codes, name="read_codes"),
    path("captures/importers/", captures.find, name="find_importers"),
    path("captures/<uuid:capture_id>/", captures.show, name="own_capture"),
    path("captures/<uuid:capture_id>/read/", captures.read, name="read_capture"),
    path("offline/<str:language>/", app_shell.offline_page, name="offline_capture"),
    path("app-<str:language>.webmanifest", app_shell.manifest, name="app_manifest"),
    path("service-worker.js", app_shell.service_worker, name="service_worker"),
]
