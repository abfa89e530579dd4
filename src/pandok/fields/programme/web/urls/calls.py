"""Addresses of calls, applications, reviews and selections."""

from __future__ import annotations

from django.urls import path

from pandok.fields.programme.web.views import calls, public_calls

urlpatterns = [
    path("calls/", public_calls.every, name="public_calls"),
    path("calls/<slug:number>/", public_calls.one, name="public_call"),
    path("programme/calls/", calls.calls, name="programme_calls"),
    path("programme/calls/new/", calls.new, name="programme_call_new"),
    path("programme/calls/<uuid:call_id>/", calls.call, name="programme_call"),
    path("programme/calls/<uuid:call_id>/draft/", calls.redraft, name="programme_call_redraft"),
    path("programme/calls/<uuid:call_id>/step/", calls.step, name="programme_call_step"),
]
