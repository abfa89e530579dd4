"""Addresses of open challenges and their teams."""

from __future__ import annotations

from django.urls import path

from pandok.fields.programme.web.views import challenge_teams, challenges, public_challenges

urlpatterns = [
    path("challenges/", public_challenges.every, name="public_challenges"),
    path("challenges/<slug:number>/", public_challenges.one, name="public_challenge"),
    path("programme/challenges/", challenges.challenges, name="programme_challenges"),
    path("programme/challenges/new/", challenges.new, name="programme_challenge_new"),
    path("programme/challenges/<uuid:challenge_id>/", challenges.challenge, name="programme_challenge"),
    path("programme/challenges/<uuid:challenge_id>/alter/", challenges.alter, name="programme_challenge_alter"),
    path("programme/challenges/<uuid:challenge_id>/step/", challenges.step, name="programme_challenge_step"),
    path(
        "programme/challenges/<uuid:challenge_id>/teams/",
        challenge_teams.register,
        name="programme_challenge_register",
    ),
    path("programme/challenges/<uuid:challenge_id>/join/", challenge_teams.join, name="programme_challenge_join"),
    path("programme/teams/<uuid:team_id>/", challenge_teams.team, name="programme_challenge_team"),
    path("programme/teams/<uuid:team_id>/word/", challenge_teams.word, name="programme_challenge_word"),
    path("programme/teams/<uuid:team_id>/leave/", challenge_teams.leave, name="programme_challenge_leave"),
]
