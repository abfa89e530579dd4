"""Addresses of the vault: deposits, grants, deletions, and the question whether a record was used."""

from __future__ import annotations

from django.urls import path

from pandok.fields.lab.web.views import vault, vault_deletions, vault_deposits

urlpatterns = [
    path("lab/vault/", vault.deposits, name="deposits"),
    path("lab/vault/new/", vault_deposits.new, name="deposit_new"),
    path("lab/vault/used/", vault.question, name="vault_question"),
    path("lab/vault/<uuid:deposit_id>/", vault.deposit, name="deposit"),
    path("lab/vault/<uuid:deposit_id>/files/", vault_deposits.add_files, name="deposit_files"),
    path("lab/vault/<uuid:deposit_id>/look-through/", vault_deposits.look_through, name="deposit_look_through"),
    path("lab/vault/<uuid:deposit_id>/grant/", vault_deposits.give_grant, name="vault_grant"),
    path("lab/vault/<uuid:deposit_id>/delete/", vault_deletions.propose, name="vault_deletion_propose"),
    path("lab/vault/<uuid:deposit_id>/croissant.json", vault.croissant, name="deposit_croissant"),
    path("lab/vault/objects/<uuid:object_id>/confirm/", vault_deposits.share, name="deposit_confirm_sharing"),
    path("lab/vault/grants/<uuid:grant_id>/revoke/", vault_deposits.end_grant, name="vault_grant_revoke"),
    path("lab/vault/deletions/<uuid:deletion_id>/", vault_deletions.show, name="vault_deletion"),
    path("lab/vault/deletions/<uuid:deletion_id>/confirm/", vault_deletions.confirm, name="vault_deletion_confirm"),
    path("lab/vault/deletions/<uuid:deletion_id>/withdraw/", vault_deletions.withdraw, name="vault_deletion_withdraw"),
    path(
        "lab/vault/deletions/<uuid:deletion_id>/certificate.<str:form>",
        vault_deletions.certificate,
        name="vault_certificate",
    ),
]
