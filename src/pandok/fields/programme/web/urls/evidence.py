"""Addresses of evidence: measurements and certificates of an agreement, and the check that is open to everybody."""

from __future__ import annotations

from django.urls import path

from pandok.fields.programme.web.views import certificates, evidence, projects, verifying

urlpatterns = [
    path("programme/agreements/<uuid:agreement_id>/evidence/", evidence.evidence, name="programme_evidence"),
    path("programme/agreements/<uuid:agreement_id>/measure/", evidence.measure, name="programme_measure"),
    path("programme/measurements/<uuid:measurement_id>/", evidence.measurement, name="programme_measurement"),
    path("programme/measurements/<uuid:measurement_id>/certificate/", certificates.draft, name="programme_certify"),
    path("programme/certificates/<uuid:certificate_id>/", certificates.certificate, name="programme_certificate"),
    path("programme/certificates/<uuid:certificate_id>/step/", certificates.step, name="programme_certificate_step"),
    path("programme/certificates/<uuid:certificate_id>/pdf/", certificates.paper, name="programme_certificate_pdf"),
    path("programme/certificates/<uuid:certificate_id>/facts/", certificates.facts, name="programme_certificate_facts"),
    path("programme/portfolio/", projects.portfolio, name="programme_portfolio"),
    path(
        "programme/agreements/<uuid:agreement_id>/afterwards/<int:again_id>/",
        projects.answer,
        name="programme_use_answer",
    ),
    path("projects/", projects.every, name="public_projects"),
    path("projects/<slug:number>/", projects.one, name="public_project"),
    path("verify/", verifying.verify, name="verify_certificate"),
    path("verify/paper/", verifying.paper, name="verify_certificate_paper"),
    path("verify/keys/", verifying.keys, name="verify_certificate_keys"),
    path("verify/facts/", verifying.facts, name="verify_certificate_facts"),
]
