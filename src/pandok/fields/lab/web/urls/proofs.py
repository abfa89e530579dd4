"""Addresses of proofs, of exports, and of the public register."""

from __future__ import annotations

from django.urls import path

from pandok.fields.lab.web.views import export_review, exports, proof_acceptance, proofs, public_register

urlpatterns = [
    path("lab/proofs/", proofs.proofs, name="proofs"),
    path("lab/proofs/make/", proofs.make, name="proof_make"),
    path("lab/proofs/import/", proofs.bring_in, name="proof_import"),
    path("lab/proofs/keys/", proofs.trust, name="proof_key"),
    path("lab/proofs/site.pub", proofs.site_key, name="proof_site_key"),
    path("lab/proofs/<uuid:proof_id>/", proofs.proof, name="proof"),
    path("lab/proofs/<uuid:proof_id>/proof.zip", proofs.pack, name="proof_pack"),
    path("lab/proofs/<uuid:proof_id>/renew/", proofs.renew, name="proof_renew"),
    path("lab/proofs/<uuid:proof_id>/acceptance/", proof_acceptance.register, name="acceptance_register"),
    path("lab/proofs/acceptance/<uuid:test_id>/measure/", proof_acceptance.measure, name="acceptance_measure"),
    path("lab/proofs/acceptance/<uuid:test_id>/decide/", proof_acceptance.decide, name="acceptance_decide"),
    path("lab/exports/", exports.exports, name="exports"),
    path("lab/exports/new/", exports.new, name="export_new"),
    path("lab/exports/<uuid:request_id>/", exports.export, name="export"),
    path("lab/exports/<uuid:request_id>/files/", exports.put_file, name="export_put_file"),
    path("lab/exports/<uuid:request_id>/files/<int:file_id>/take-out/", exports.drop_file, name="export_drop_file"),
    path("lab/exports/<uuid:request_id>/files/<int:file_id>/", exports.file, name="export_file"),
    path("lab/exports/<uuid:request_id>/submit/", exports.submit, name="export_submit"),
    path("lab/exports/<uuid:request_id>/withdraw/", exports.withdraw, name="export_withdraw"),
    path("lab/exports/<uuid:request_id>/vote/", export_review.vote, name="export_vote"),
    path("lab/exports/<uuid:request_id>/release/", export_review.release, name="export_release"),
    path("lab/register/", public_register.page, name="public_register"),
    path("lab/register.json", public_register.as_json, name="public_register_json"),
]
