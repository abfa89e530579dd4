"""Addresses of shadow trials, and of the random checks that officers do for them."""

from __future__ import annotations

from django.urls import path

from pandok.fields.lab.web.views import assisted_readings, random_checks, trial_drafts, trial_moves, trials

urlpatterns = [
    path("lab/trials/", trials.trials, name="trials"),
    path("lab/trials/new/", trial_drafts.new, name="trial_new"),
    path("lab/trials/new/assisted/", trial_drafts.new_assisted, name="trial_new_assisted"),
    path("lab/trials/<uuid:trial_id>/", trials.show, name="trial"),
    path("lab/trials/<uuid:trial_id>/change/", trial_drafts.change, name="trial_change"),
    path("lab/trials/<uuid:trial_id>/register/", trial_moves.register, name="trial_register"),
    path("lab/trials/<uuid:trial_id>/move/", trial_moves.lead_on, name="trial_move"),
    path("lab/trials/<uuid:trial_id>/look/", trial_moves.look_now, name="trial_look"),
    path("lab/trials/<uuid:trial_id>/unblind/", trial_moves.unblind_now, name="trial_unblind"),
    path("lab/trials/<uuid:trial_id>/judge/", trial_moves.judge, name="trial_judge"),
    path("lab/trials/<uuid:trial_id>/hand-over/", trial_moves.hand_on, name="trial_hand_over"),
    path("lab/trials/<uuid:trial_id>/accept/", trial_moves.answer, name="trial_answer"),
    path("lab/trials/<uuid:trial_id>/verdict/", trials.verdict, name="trial_verdict"),
    path("lab/trials/<uuid:trial_id>/report.json", trials.report, name="trial_report"),
    path("lab/trials/<uuid:trial_id>/signed.json", trials.signed, name="trial_signed"),
    path("trial-readings/", assisted_readings.mine, name="assisted_trials"),
    path("trial-readings/<uuid:trial_id>/", assisted_readings.read, name="assisted_trial"),
    path("trial-readings/open/<uuid:reading_id>/", assisted_readings.begin, name="assisted_open"),
    path("trial-readings/answer/<uuid:reading_id>/", assisted_readings.lock, name="assisted_answer"),
    path(
        "trial-readings/goods/<uuid:reading_id>/<int:position>/",
        assisted_readings.photograph,
        name="assisted_photograph",
    ),
    path("random-checks/", random_checks.checks, name="random_checks"),
    path("random-checks/<uuid:draw_id>/", random_checks.check, name="random_check"),
]
