"""Addresses of the programme desk."""

from __future__ import annotations

from django.urls import path

from pandok.fields.programme.web.urls import (
    calls,
    challenges,
    community,
    data_dam,
    evidence,
    outcomes,
    resource_map,
    spread,
)
from pandok.fields.programme.web.views import agreements, problem, problem_acts, problems, public_problems

urlpatterns = [
    *calls.urlpatterns,
    *challenges.urlpatterns,
    *community.urlpatterns,
    *data_dam.urlpatterns,
    *resource_map.urlpatterns,
    path("problems/", public_problems.every, name="public_problems"),
    path("problems/<slug:number>/", public_problems.one, name="public_problem"),
    path("programme/problems/", problems.problems, name="programme_problems"),
    path("programme/problems/new/", problems.propose, name="programme_propose"),
    path("programme/problems/<uuid:problem_id>/", problem.problem, name="programme_problem"),
    path("programme/problems/<uuid:problem_id>/reword/", problem.reword, name="programme_reword"),
    path("programme/problems/<uuid:problem_id>/act/", problem_acts.act, name="programme_problem_act"),
    path("programme/problems/<uuid:problem_id>/share/", problem_acts.share, name="programme_share"),
    path("programme/problems/<uuid:problem_id>/agreement/", agreements.begin, name="programme_begin"),
    path("programme/agreements/", agreements.agreements, name="programme_agreements"),
    path("programme/agreements/<uuid:agreement_id>/", agreements.agreement, name="programme_agreement"),
    path("programme/agreements/<uuid:agreement_id>/draft/", agreements.redraft, name="programme_redraft"),
    path("programme/agreements/<uuid:agreement_id>/line/", agreements.put_line, name="programme_put_line"),
    path(
        "programme/agreements/<uuid:agreement_id>/line/<slug:key>/drop/",
        agreements.drop_line,
        name="programme_drop_line",
    ),
    path("programme/agreements/<uuid:agreement_id>/amend/", agreements.amend, name="programme_amend"),
    path("programme/agreements/<uuid:agreement_id>/step/", agreements.step, name="programme_agreement_step"),
    path("programme/agreements/<uuid:agreement_id>/sign/", agreements.sign, name="programme_sign"),
    path("programme/agreements/<uuid:agreement_id>/milestones/", agreements.milestone, name="programme_milestone"),
    path(
        "programme/agreements/<uuid:agreement_id>/milestones/<int:milestone_id>/",
        agreements.reached,
        name="programme_reached",
    ),
    path("programme/problems/<uuid:problem_id>/unshare/", problem_acts.unshare, name="programme_unshare"),
    *evidence.urlpatterns,
    *outcomes.urlpatterns,
    *spread.urlpatterns,
]
