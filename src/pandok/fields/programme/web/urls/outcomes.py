"""Addresses of the ledger of outcomes."""

from __future__ import annotations

from django.urls import path

from pandok.fields.programme.web.views import outcomes

urlpatterns = [
    path("programme/outcomes/", outcomes.outcomes, name="programme_outcomes"),
    path("programme/outcomes/table/<slug:form>/", outcomes.table_out, name="programme_outcomes_table"),
    path("programme/outcomes/<uuid:outcome_id>/", outcomes.outcome, name="programme_outcome"),
    path("programme/outcomes/<uuid:outcome_id>/file/", outcomes.evidence_file, name="programme_outcome_file"),
    path("programme/outcomes/<uuid:outcome_id>/check/", outcomes.check, name="programme_outcome_check"),
    path("programme/agreements/<uuid:agreement_id>/outcomes/enter/", outcomes.enter, name="programme_outcome_enter"),
    path("programme/agreements/<uuid:agreement_id>/outcomes/", outcomes.of_agreement, name="programme_outcomes_of"),
]
