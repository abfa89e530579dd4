"""Addresses of customs' case pages, work lists, and the administration of parties and sites."""

from __future__ import annotations

from django.urls import path

from pandok.fields.counterfeit.web.views.cases import (
    ask_appraisal,
    case_parties,
    confirmed,
    documents,
    electronic,
    export,
    holidays,
    importer,
    law,
    lists,
    notify,
    page,
    parties_admin,
    service,
    sites_admin,
)

urlpatterns = [
    path("readings/<uuid:reading_id>/case/", page.open_from_reading, name="case_from_reading"),
    path("readings/<uuid:reading_id>/notify/", notify.notify_from_a_reading, name="reading_notify"),
    path("cases/", lists.list_cases, name="cases"),
    path("cases/act/", lists.act_on_cases, name="cases_act"),
    path("cases/export/<slug:form>/", export.export_cases, name="cases_export"),
    path("cases/filters/", lists.save_filter, name="case_filter_save"),
    path("cases/filters/<int:filter_id>/delete/", lists.forget_filter, name="case_filter_delete"),
    path("cases/<uuid:case_id>/", page.show_case, name="case"),
    path("cases/<uuid:case_id>/act/", page.act_on_case, name="case_act"),
    path("cases/<uuid:case_id>/declared/", page.correct_case, name="case_declared"),
    path("cases/<uuid:case_id>/assign/", page.assign, name="case_assign"),
    path("cases/<uuid:case_id>/appraisal/", ask_appraisal.ask, name="case_ask_appraisal"),
    path("cases/<uuid:case_id>/notify/", notify.notify, name="case_notify"),
    path("cases/<uuid:case_id>/importer/", importer.reach, name="case_importer"),
    path("cases/<uuid:case_id>/notices/<uuid:notice_id>/service/", service.record, name="case_service"),
    path("cases/<uuid:case_id>/electronic/<slug:place>/", electronic.record, name="case_electronic"),
    path("cases/<uuid:case_id>/documents/", documents.add_document, name="case_documents"),
    path("cases/<uuid:case_id>/parties/<slug:place>/", case_parties.name_party, name="case_party"),
    path("cases/<uuid:case_id>/confirmed/", confirmed.add, name="case_confirm"),
    path(
        "cases/<uuid:case_id>/confirmed/<uuid:confirmed_id>/withdraw/",
        confirmed.withdraw,
        name="case_confirm_withdraw",
    ),
    path("documents/<uuid:document_id>/", documents.document, name="document"),
    path("documents/<uuid:document_id>/share/", documents.share, name="document_share"),
    path("documents/<uuid:document_id>/suit/", documents.confirm_the_suit, name="document_suit"),
    path("parties/", parties_admin.parties, name="parties"),
    path("parties/new/", parties_admin.party_new, name="party_new"),
    path("parties/<int:party_id>/", parties_admin.party, name="party"),
    path("parties/<int:party_id>/<slug:change>/", parties_admin.party_change, name="party_change"),
    path("law/", law.law, name="law"),
    path("holidays/", holidays.holidays, name="holidays"),
    path("holidays/<int:holiday_id>/withdraw/", holidays.withdraw, name="holiday_withdraw"),
    path("sites/", sites_admin.sites, name="sites"),
    path("sites/<int:site_id>/", sites_admin.site, name="site"),
]
