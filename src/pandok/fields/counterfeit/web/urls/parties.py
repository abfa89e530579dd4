"""Pages of right holders, importers and appraisers."""

from __future__ import annotations

from django.urls import path

from pandok.fields.counterfeit.web.views.parties import answers, guides, linked, notices, papers

urlpatterns = [
    path("notices/", notices.list_notices, name="notices"),
    path("notices/<uuid:notice_id>/", notices.show_notice, name="notice"),
    path("notices/<uuid:notice_id>/pdf/", notices.notice_pdf, name="notice_pdf"),
    path("notices/<uuid:notice_id>/pictures/<str:sha256>", notices.notice_picture, name="notice_picture"),
    path("notices/<uuid:notice_id>/answer/", answers.answer, name="notice_answer"),
    path("notices/<uuid:notice_id>/suspension/", answers.suspension, name="notice_suspension"),
    path("notices/<uuid:notice_id>/no-request/", answers.no_request, name="notice_no_request"),
    path("notices/<uuid:notice_id>/statement/", answers.statement, name="notice_statement"),
    path("notices/<uuid:notice_id>/paper/", answers.paper, name="notice_paper"),
    path("notices/<uuid:notice_id>/appraisal/", answers.appraisal, name="notice_appraisal"),
    path("notices/<uuid:notice_id>/electronic/", answers.electronic, name="notice_electronic"),
    path("notices/papers/<uuid:document_id>/", papers.party_document, name="party_document"),
    path("n/open/", linked.show, name="linked_notice"),
    path("n/open/pdf/", linked.pdf, name="linked_pdf"),
    path("n/open/pictures/<str:sha256>", linked.picture, name="linked_picture"),
    path("n/open/statement/", linked.statement, name="linked_statement"),
    path("n/open/electronic/", linked.electronic, name="linked_electronic"),
    path("n/open/paper/", linked.paper, name="linked_paper"),
    path("n/<str:token>/", linked.check, name="notice_link"),
    path("guides/", guides.list_guides, name="guides"),
    path("guides/new/", guides.new_guide, name="guide_new"),
    path("guides/<uuid:guide_id>/", guides.edit_guide, name="guide"),
    path("guides/<uuid:guide_id>/withdraw/", guides.withdraw_guide, name="guide_withdraw"),
    path("guides/<uuid:guide_id>/pictures/<str:sha256>", guides.guide_picture, name="guide_picture"),
]
