"""Addresses of what is taught with: finds, articles, realism, retirement, cases, groups."""

from __future__ import annotations

from django.urls import path

from pandok.fields.academy.web.views import (
    articles,
    case_lessons,
    case_material,
    forms,
    groups,
    judging,
    material,
    retired,
    seizures,
)

LESSONS = [
    path("academy/material/", material.material, name="academy_material"),
    path("academy/seizures/<uuid:inspection_id>/", seizures.seizure, name="academy_seizure"),
    path(
        "academy/seizures/<uuid:inspection_id>/views/<int:number>/",
        seizures.seizure_view,
        name="academy_seizure_view",
    ),
    path("academy/articles/<uuid:article_id>/", articles.article, name="academy_article"),
    path(
        "academy/articles/<uuid:article_id>/previews/<int:number>/",
        articles.article_preview,
        name="academy_article_preview",
    ),
    path("academy/articles/<uuid:article_id>/send/", articles.send, name="academy_article_send"),
    path("academy/articles/<uuid:article_id>/accept/", articles.accept, name="academy_article_accept"),
    path("academy/articles/<uuid:article_id>/back/", articles.send_back, name="academy_article_back"),
    path("academy/articles/<uuid:article_id>/retire/", articles.retire, name="academy_article_retire"),
    path("academy/material/fill/", material.fill, name="academy_fill"),
    path("academy/pictures/<uuid:picture_id>/retire/", articles.retire_picture, name="academy_picture_retire"),
    path("academy/pictures/views/<int:view_id>/", articles.picture_view, name="academy_picture_view"),
    path("academy/realism/", judging.realism, name="academy_realism"),
    path("academy/realism/image/<int:number>/", judging.realism_image, name="academy_realism_image"),
    path("academy/realism/figures/", judging.figures, name="academy_realism_figures"),
    path("academy/forms/", forms.forms, name="academy_forms"),
    path("academy/forms/<uuid:form_id>/", forms.form, name="academy_form"),
    path("academy/forms/<uuid:form_id>/views/<int:view_id>/", forms.form_view, name="academy_form_view"),
    path("academy/forms/<uuid:form_id>/look/", forms.look, name="academy_form_look"),
    path("academy/retired/", retired.retired, name="academy_retired"),
    path("academy/retired/propose/", retired.propose, name="academy_retire_oldest"),
    path("academy/retired/<uuid:retirement_id>/confirm/", retired.confirm, name="academy_retirement_confirm"),
    path("academy/retired/<uuid:retirement_id>/withdraw/", retired.withdraw, name="academy_retirement_withdraw"),
    path("academy/cases/", case_lessons.next_case, name="academy_case"),
    path("academy/cases/<uuid:lesson_id>/answer/", case_lessons.answer, name="academy_case_say"),
    path("academy/cases/<uuid:lesson_id>/photograph/", case_lessons.photograph, name="academy_case_photograph"),
    path("academy/cases/<uuid:lesson_id>/choices/<int:number>/", case_lessons.choice, name="academy_case_choice"),
    path("academy/cases/answers/<uuid:answer_id>/", case_lessons.answered, name="academy_case_answer"),
    path("academy/cases/material/", case_material.cases, name="academy_case_material"),
    path("academy/cases/material/<uuid:case_id>/prepare/", case_material.prepare, name="academy_case_prepare"),
    path(
        "academy/cases/material/<uuid:case_id>/photographs/<int:number>/",
        case_material.case_photograph,
        name="academy_case_source",
    ),
    path("academy/cases/lessons/<uuid:lesson_id>/", case_material.lesson, name="academy_case_lesson"),
    path("academy/cases/lessons/<uuid:lesson_id>/release/", case_material.release, name="academy_case_release"),
    path("academy/cases/lessons/<uuid:lesson_id>/retire/", case_material.take_away, name="academy_case_retire"),
    path("academy/groups/", groups.groups, name="academy_groups"),
    path("academy/groups/<uuid:group_id>/", groups.group, name="academy_group"),
    path("academy/groups/<uuid:group_id>/members/", groups.add, name="academy_group_add"),
    path("academy/groups/<uuid:group_id>/members/<uuid:member_id>/end/", groups.end, name="academy_group_end"),
    path("academy/groups/<uuid:group_id>/courses/", groups.assign, name="academy_group_assign"),
    path("academy/groups/<uuid:group_id>/close/", groups.close, name="academy_group_close"),
]
