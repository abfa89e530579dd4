"""Addresses of problems and registrations."""

from __future__ import annotations

from django.urls import path

from pandok.fields.lab.web.views import problems

urlpatterns = [
    path("lab/problems/", problems.problems, name="problems"),
    path("lab/problems/new/", problems.problem_new, name="problem_new"),
    path("lab/problems/<uuid:pack_id>/", problems.problem, name="problem"),
    path("lab/problems/<uuid:pack_id>/public.zip", problems.problem_public, name="problem_public"),
    path("lab/problems/<uuid:pack_id>/lock/", problems.problem_lock, name="problem_lock"),
]
