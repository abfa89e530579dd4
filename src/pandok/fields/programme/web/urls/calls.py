"""Addresses of calls, applications, reviews and selections."""

from __future__ import annotations

from django.urls import path

from pandok.fields.programme.web.views import applications, calls, public_calls, reviewing, reviews, ties

urlpatterns = [
    path("calls/", public_calls.every, name="public_calls"),
    path("calls/<slug:number>/", public_calls.one, name="public_call"),
    path("programme/calls/", calls.calls, name="programme_calls"),
    path("programme/calls/new/", calls.new, name="programme_call_new"),
    path("programme/calls/<uuid:call_id>/", calls.call, name="programme_call"),
    path("programme/calls/<uuid:call_id>/draft/", calls.redraft, name="programme_call_redraft"),
    path("programme/calls/<uuid:call_id>/step/", calls.step, name="programme_call_step"),
    path("programme/calls/<uuid:call_id>/apply/", applications.begin, name="programme_apply"),
    path("programme/calls/<uuid:call_id>/review/", reviewing.review, name="programme_call_review"),
    path("programme/calls/<uuid:call_id>/review/step/", reviewing.step, name="programme_call_review_step"),
    path("programme/calls/<uuid:call_id>/review/vote/", reviewing.vote, name="programme_call_vote"),
    path(
        "programme/calls/<uuid:call_id>/review/<uuid:review_id>/release/",
        reviewing.release,
        name="programme_review_release",
    ),
    path("programme/reviews/", reviews.reviews, name="programme_reviews"),
    path("programme/reviews/<uuid:review_id>/", reviews.review, name="programme_review"),
    path("programme/reviews/<uuid:review_id>/mark/", reviews.mark, name="programme_review_mark"),
    path("programme/ties/", ties.ties, name="programme_ties"),
    path("programme/ties/of/", ties.tie_of, name="programme_tie_of"),
    path("programme/ties/owners/", ties.owner, name="programme_owner"),
    path("programme/ties/<int:tie_id>/back/", ties.take_back, name="programme_tie_back"),
    path("programme/applications/", applications.applications, name="programme_applications"),
    path("programme/applications/<uuid:application_id>/", applications.application, name="programme_application"),
    path("programme/applications/<uuid:application_id>/save/", applications.save, name="programme_application_save"),
    path(
        "programme/applications/<uuid:application_id>/withdraw/",
        applications.withdraw,
        name="programme_application_withdraw",
    ),
    path(
        "programme/applications/<uuid:application_id>/files/",
        applications.add_file,
        name="programme_application_add_file",
    ),
    path(
        "programme/applications/<uuid:application_id>/files/<int:file_id>/",
        applications.file,
        name="programme_application_file",
    ),
    path(
        "programme/applications/<uuid:application_id>/files/<int:file_id>/drop/",
        applications.drop_file,
        name="programme_application_drop_file",
    ),
]
