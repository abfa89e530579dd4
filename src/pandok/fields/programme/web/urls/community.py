"""Addresses of what is said in public: notices, questions and answers."""

from __future__ import annotations

from django.urls import path

from pandok.fields.programme.web.views import discussions, firm_cards, notices, public_community

urlpatterns = [
    path("community/", public_community.overview, name="public_community"),
    path("community/questions/", public_community.questions, name="public_questions"),
    path("community/notices/", public_community.notices, name="public_programme_notices"),
    path("community/notices/<slug:number>/", public_community.notice, name="public_programme_notice"),
    path("challenges/<slug:number>/discussion/", public_community.discussion, name="public_discussion"),
    path("programme/questions/", discussions.questions, name="programme_questions"),
    path("programme/questions/ask/", discussions.ask, name="programme_ask"),
    path("programme/challenges/<uuid:challenge_id>/discussion/", discussions.discussion, name="programme_discussion"),
    path("programme/challenges/<uuid:challenge_id>/ask/", discussions.ask_of, name="programme_ask_of"),
    path("programme/challenges/<uuid:challenge_id>/correct/", discussions.correct, name="programme_correct"),
    path("programme/posts/<uuid:post_id>/answer/", discussions.answer, name="programme_post_answer"),
    path("programme/posts/<uuid:post_id>/withdraw/", discussions.withdraw, name="programme_post_withdraw"),
    path("programme/posts/<uuid:post_id>/step/", discussions.step, name="programme_post_step"),
    path("programme/notices/", notices.notices, name="programme_notices"),
    path("programme/notices/<uuid:notice_id>/", notices.notice, name="programme_notice"),
    path("programme/notices/<uuid:notice_id>/alter/", notices.alter, name="programme_notice_alter"),
    path("programme/notices/<uuid:notice_id>/step/", notices.step, name="programme_notice_step"),
    path("community/firms/", firm_cards.every, name="public_firms"),
    path("community/firms/<slug:number>/", firm_cards.one, name="public_firm"),
    path("programme/firm/", firm_cards.own, name="programme_own_card"),
    path("programme/firm/publish/", firm_cards.publish, name="programme_publish_card"),
    path("programme/firm/take-back/", firm_cards.take_back, name="programme_take_back_card"),
    path("programme/firms/", firm_cards.cards, name="programme_cards"),
    path("programme/firms/<uuid:card_id>/step/", firm_cards.step, name="programme_card_step"),
]
