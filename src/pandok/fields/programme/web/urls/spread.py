"""Addresses of spread: hand-overs made and taken in, and what became of them."""

from __future__ import annotations

from django.urls import path

from pandok.fields.programme.web.views import public_spread, spread

urlpatterns = [
    path("spread/", public_spread.every, name="public_spread"),
    path("programme/spread/", spread.spread, name="programme_spread"),
    path("programme/spread/take/", spread.take, name="programme_take"),
    path("programme/spread/answers/", spread.keep_answer, name="programme_keep_answer"),
    path("programme/spread/made/<uuid:made_id>/", spread.handed, name="programme_handed"),
    path("programme/spread/made/<uuid:made_id>/package/", spread.package, name="programme_package"),
    path("programme/spread/taken/<uuid:taken_id>/", spread.taken, name="programme_taken"),
    path("programme/spread/taken/<uuid:taken_id>/lab/", spread.to_lab, name="programme_to_lab"),
    path("programme/spread/taken/<uuid:taken_id>/answer/", spread.answer, name="programme_answer"),
    path("programme/spread/taken/<uuid:taken_id>/answer/file/", spread.answer_file, name="programme_answer_file"),
    path("programme/agreements/<uuid:agreement_id>/hand-over/", spread.hand_over, name="programme_hand_over"),
]
