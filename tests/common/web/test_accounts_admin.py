"""The administrator's pages: from the new account to the person's own password; refusals keep what was typed."""

from __future__ import annotations

import re

from django.test import Client

from pandok.common.models import Account, AuditEntry
from tests.common.web.test_two_step import enrol
from tests.roles import Role
from tests.world import PASSWORD, Site

NEW = {"username": "kim", "roles": ["officer", "supervisor"], "reason": "starts on Monday"}


def link_in(page: str) -> str:
    return re.search(r'value="http://testserver(/invitation/[^"]+)"', page)[1]  # type: ignore[index]


def test_an_invited_person_sets_a_password_and_signs_in(site: Site) -> None:
    administrator = site.client(Role.ADMINISTRATOR)
    answer = administrator.post("/accounts/new/", NEW)
    assert answer["Cache-Control"] == "no-store"
    link = link_in(answer.content.decode())
    person = Client()
    assert "kim" in person.get(link).content.decode()
    weak = person.post(link, {"new_password1": "kim", "new_password2": "kim"})
    assert weak.status_code == 422
    unlike = person.post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD + "x"})
    assert unlike.status_code == 422
    assert person.post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD}).status_code == 200
    used = person.get(link)
    assert used.status_code == 422
    assert "초대 링크가 더 이상 유효하지 않습니다" in used.content.decode()
    assert person.post("/sign-in/", {"username": "kim", "password": PASSWORD}).status_code == 302
    assert Account.objects.get(username="kim").roles == {Role.OFFICER, Role.SUPERVISOR}


def test_a_refused_new_account_keeps_what_was_typed(site: Site) -> None:
    administrator = site.client(Role.ADMINISTRATOR)
    for change in ({"reason": ""}, {"username": "a b"}, {"username": "administrator"}, {"roles": []}, {"roles": ["x"]}):
        answer = administrator.post("/accounts/new/", NEW | change)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'role="alert"' in page
        assert f'value="{(NEW | change)["username"]}"' in page
    assert not Account.objects.filter(username="kim").exists()


def test_the_list_is_searched_filtered_and_paged(site: Site) -> None:
    administrator = site.client(Role.ADMINISTRATOR)
    for number in range(30):
        site.account(Role.OFFICER, f"kim-{number:02d}")
    first = administrator.get("/accounts/", {"text": "KIM", "role": "officer", "state": "active"})
    assert len(first.context["rows"]) == 25
    assert "text=KIM&amp;role=officer&amp;state=active&amp;page=2" in first.content.decode()
    second = administrator.get("/accounts/?text=KIM&page=2")
    assert [row["account"].username for row in second.context["rows"]] == [f"kim-{number}" for number in range(25, 30)]
    assert administrator.get("/accounts/?role=nonsense&state=x&page=-1").status_code == 200


def test_every_change_is_made_from_the_page_with_a_reason(site: Site) -> None:
    administrator = site.client(Role.ADMINISTRATOR)
    account = site.account(Role.OFFICER, "kim")
    enrol(account)
    person = site.client(Role.OFFICER, "kim")
    assert person.get("/account/").status_code == 200
    page = f"/accounts/{account.pk}/"
    for change, more in (
        ("sessions", {}),
        ("second-step", {}),
        ("roles", {"roles": ["auditor"]}),
        ("suspend", {}),
        ("reactivate", {}),
    ):
        refused = administrator.post(f"{page}{change}/", {"reason": "no", **more})
        assert refused.status_code == 422, change
        assert administrator.post(f"{page}{change}/", {"reason": f"because of {change}", **more}).status_code == 302
    assert person.get("/account/").status_code == 302
    done = (
        AuditEntry.objects.filter(object="account:kim", actor="administrator")
        .order_by("sequence")
        .values_list("action", flat=True)
    )
    assert {"session.ended", "second_step.reset", "account.roles", "account.suspended", "account.reactivated"} <= set(
        done
    )
    assert "because of roles" in administrator.get(page).content.decode()
    assert link_in(administrator.post(f"{page}invite/", {"reason": "lost the password"}).content.decode())


def test_a_refused_change_keeps_the_reason_and_the_boxes(site: Site) -> None:
    administrator = site.client(Role.ADMINISTRATOR)
    own = site.account(Role.ADMINISTRATOR)
    answer = administrator.post(f"/accounts/{own.pk}/roles/", {"reason": "a change of mind", "roles": ["auditor"]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "자신의 관리자 역할은 뺄 수 없습니다" in page
    assert 'value="a change of mind"' in page
    assert re.search('value="auditor"[^>]* checked', page)
    assert Account.objects.get(pk=own.pk).roles == {Role.ADMINISTRATOR}
    assert administrator.post(f"/accounts/{own.pk}/suspend/", {"reason": "a change of mind"}).status_code == 422
    assert administrator.get("/accounts/").status_code == 200


def test_unknown_accounts_and_changes_are_not_there(site: Site) -> None:
    administrator = site.client(Role.ADMINISTRATOR)
    account = site.account(Role.OFFICER)
    for path in ("/accounts/999999/", f"/accounts/{10**30}/", f"/accounts/{account.pk}/delete/"):
        assert administrator.post(path, {"reason": "just trying"}).status_code in (404, 405)
        assert administrator.get(path).status_code == 404
    assert administrator.get(f"/accounts/{account.pk}/suspend/").status_code == 302


def test_names_are_shown_as_text(site: Site) -> None:
    administrator = site.client(Role.ADMINISTRATOR)
    page = administrator.post("/accounts/new/", NEW | {"username": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
