"""Addresses of submissions and of the queue."""

from __future__ import annotations

from django.urls import path

from pandok.fields.lab.web.views import queue, submissions

urlpatterns = [
    path("lab/submissions/", submissions.submissions, name="submissions"),
    path("lab/submissions/new/", submissions.submission_new, name="submission_new"),
    path("lab/submissions/<uuid:submission_id>/", submissions.submission, name="submission"),
    path("lab/submissions/<uuid:submission_id>/confirm/", submissions.submission_confirm, name="submission_confirm"),
    path("lab/queue/", queue.lab_queue, name="lab_queue"),
    path("lab/runs/<uuid:run_id>/", queue.lab_run, name="lab_run"),
    path("lab/runs/<uuid:run_id>/cancel/", queue.cancel_lab_run, name="cancel_lab_run"),
    path("lab/runs/<uuid:run_id>/again/", queue.lab_run_again, name="lab_run_again"),
]
