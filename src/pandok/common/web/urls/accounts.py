"""Signing in, one's own account, and the accounts of the administrator."""

from __future__ import annotations

from django.urls import path

from pandok.common.web.views import (
    account,
    accounts_admin,
    forgotten,
    invitation,
    kept_forms,
    openid,
    passkeys,
    second_step,
    sign_in,
)

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign_in"),
    path("sign-in/help/", forgotten.forgotten, name="forgotten"),
    path("sign-in/code/", second_step.second_step, name="second_step"),
    path("sign-in/set-up/", second_step.set_up, name="second_step_set_up"),
    path("sign-in/square-code.svg", second_step.square_code, name="square_code"),
    path("sign-in/passkey/", passkeys.sign_in, name="passkey_sign_in"),
    path("sign-in/passkey/ask/", passkeys.ask, name="passkey_ask"),
    path("sign-in/openid/", openid.start, name="openid_start"),
    path("sign-in/openid/back/", openid.back, name="openid_back"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("kept/<uuid:form_id>/", kept_forms.kept_form, name="kept_form"),
    path("account/", account.account, name="account"),
    path("account/contact/", account.change_contact, name="account_contact"),
    path("account/password/", account.change_password, name="account_password"),
    path("account/second-step/", account.change_second_step, name="account_second_step"),
    path("account/recovery-codes/", account.new_recovery_codes, name="account_recovery_codes"),
    path("account/passkeys/new/", passkeys.add, name="passkey_add"),
    path("account/passkeys/<uuid:passkey_id>/remove/", passkeys.remove, name="passkey_remove"),
    path("account/sessions/end-others/", account.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<uuid:session_id>/end/", account.end_session, name="end_session"),
    path("accounts/", accounts_admin.accounts, name="accounts"),
    path("accounts/new/", accounts_admin.account_new, name="account_new"),
    path("accounts/<int:account_id>/", accounts_admin.account_admin, name="account_admin"),
    path("accounts/<int:account_id>/<slug:change>/", accounts_admin.account_change, name="account_change"),
]
