"""Addresses of the programme desk."""

from __future__ import annotations

from django.urls import path

from pandok.fields.programme.web.views import problem, problem_acts, problems, public_problems

urlpatterns = [
    path("problems/", public_problems.every, name="public_problems"),
    path("problems/<slug:number>/", public_problems.one, name="public_problem"),
    path("programme/problems/", problems.problems, name="programme_problems"),
    path("programme/problems/new/", problems.propose, name="programme_propose"),
    path("programme/problems/<uuid:problem_id>/", problem.problem, name="programme_problem"),
    path("programme/problems/<uuid:problem_id>/reword/", problem.reword, name="programme_reword"),
    path("programme/problems/<uuid:problem_id>/act/", problem_acts.act, name="programme_problem_act"),
    path("programme/problems/<uuid:problem_id>/share/", problem_acts.share, name="programme_share"),
    path("programme/problems/<uuid:problem_id>/unshare/", problem_acts.unshare, name="programme_unshare"),
]
