"""Addresses of the academy."""

from __future__ import annotations

from django.urls import path

from pandok.fields.academy.web.urls.lessons import LESSONS
from pandok.fields.academy.web.views import certificates, courses, open_courses, pictures, results, sittings, start

urlpatterns = [
    path("academy/", start.start, name="academy"),
    path("academy/begin/", start.begin, name="academy_begin"),
    path("academy/sittings/<uuid:sitting_id>/", sittings.sitting, name="academy_sitting"),
    path("academy/sittings/<uuid:sitting_id>/next/", sittings.next_picture, name="academy_next"),
    path("academy/sittings/<uuid:sitting_id>/decide/", sittings.decide, name="academy_decide"),
    path("academy/sittings/<uuid:sitting_id>/confidence/", sittings.confidence, name="academy_confidence"),
    path("academy/sittings/<uuid:sitting_id>/pause/", sittings.pause_sitting, name="academy_pause"),
    path("academy/sittings/<uuid:sitting_id>/go-on/", sittings.go_on_sitting, name="academy_go_on"),
    path("academy/sittings/<uuid:sitting_id>/end/", sittings.end_sitting, name="academy_end"),
    path("academy/sittings/<uuid:sitting_id>/ahead/", pictures.ahead, name="academy_ahead"),
    path("academy/sittings/<uuid:sitting_id>/result/", results.result, name="academy_result"),
    path("academy/views/<int:view_id>/preview/", pictures.preview, name="academy_preview"),
    path("academy/views/<int:view_id>/planes/", pictures.planes, name="academy_planes"),
    path("academy/views/<int:view_id>/sealed/", pictures.sealed, name="academy_sealed"),
    path("academy/results/", results.results, name="academy_results"),
    path("academy/people/<int:person_id>/", results.of_person, name="academy_person"),
    path("academy/ledger/", results.own_ledger, name="academy_ledger"),
    path("academy/ledgers/", results.ledgers, name="academy_ledgers"),
    path("academy/certificates/<uuid:certificate_id>/", certificates.certificate, name="academy_certificate"),
    path("academy/certificates/<uuid:certificate_id>/pdf/", certificates.certificate_pdf, name="academy_paper"),
    path("academy/courses/", courses.courses, name="academy_courses"),
    path("academy/courses/<uuid:course_id>/close/", courses.close, name="academy_course_close"),
    path("academy/courses/<uuid:course_id>/draw/", courses.draw, name="academy_draw"),
    *LESSONS,
    path("academy/open/", open_courses.shelf, name="academy_open"),
    path("academy/open/<slug:name>/", open_courses.course, name="academy_open_course"),
    path("academy/open/<slug:name>/notebook/", open_courses.notebook, name="academy_open_notebook"),
    path("academy/open/<slug:name>/certificate/", open_courses.completion, name="academy_open_completion"),
]
