"""`pandok accounts`: the first administrator of a site, and the way back in for one who is locked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from pandok.cli.terminal import console, say, start_django
from pandok.common.cli.account_named import account_named
from pandok.common.declared import role_named, roles
from pandok.core.errors import RequestError
from pandok.core.text import Text

if TYPE_CHECKING:
    from pandok.common.roles import AnyRole

app = typer.Typer(help="계정 · Accounts.", no_args_is_help=True)


_SECOND = Text(
    ko="의결하는 계정입니다. 관리자 한 사람이 72시간 안에 계정 화면에서 동의하면 이루어집니다.",
    en="This account votes: it is done when an administrator agrees on the page of the account within 72 hours.",
)
_ROLES = typer.Option([], "--role", help="새 계정의 역할 · Role of a new account; may be repeated.")


@app.callback()
def before() -> None:
    """계정 · Accounts."""


@app.command("invite")
def invite(
    name: str = typer.Argument(help="사용자 이름 · Name of the account."),
    role: list[str] = _ROLES,
    reason: str = typer.Option(help="사유, 감사 기록에 남습니다 · Reason, kept in the audit log."),
    site: str = typer.Option("http://127.0.0.1:8000", help="사이트 주소 · Address of the site."),
) -> None:
    """비밀번호를 정할 수 있는 72시간짜리 링크를 만듭니다 · Make a link for setting a password, valid 72 hours."""
    start_django()
    from django.urls import reverse
    from django.utils import timezone

    from pandok.common.models import Account
    from pandok.common.people import accounts_admin, resets

    now = timezone.now()
    account = Account.objects.filter(username__iexact=name.strip()).first()
    if account is None:
        roles = frozenset(_role(one) for one in role)
        _, token = accounts_admin.create_account(username=name, roles=roles, actor=None, reason=reason, now=now)
    elif role:
        raise _exists(name)
    else:
        again = resets.reset_password(account=account, actor=None, reason=reason, now=now)
        if again is None:
            console().print(say(_SECOND))
            return
        token = again
    print_link = site.rstrip("/") + reverse("invitation", kwargs={"token": token})
    console().print(say(Text(ko="이 링크를 당사자에게만 전하십시오.", en="Give this link to the person only.")))
    typer.echo(print_link)


@app.command("describe")
def describe(
    name: str = typer.Argument(help="사용자 이름 · Name of the account."),
    reason: str = typer.Option(help="사유, 감사 기록에 남습니다 · Reason, kept in the audit log."),
    display_name: str | None = typer.Option(None, help="성명 · Full name."),
    department: str | None = typer.Option(None, help="소속 · Office and division."),
    phone: str | None = typer.Option(None, help="직장 전화 · Telephone at work."),
    email: str | None = typer.Option(None, help="직장 전자우편 · Mail address at work."),
) -> None:
    """성명, 소속, 연락처를 정합니다 · Say who somebody is; what is not given stays."""
    start_django()
    from dataclasses import replace

    from django.utils import timezone

    from pandok.common.people.profiles import Profile, change_profile

    account = account_named(name, active=False)
    given = {"display_name": display_name, "department": department, "phone": phone, "email": email}
    profile = replace(Profile.of(account), **{key: value for key, value in given.items() if value is not None})
    change_profile(account=account, profile=profile, actor=None, reason=reason, now=timezone.now())
    console().print(say(Text(ko="저장했습니다.", en="Saved.")), style="green")


@app.command("reset-second-step")
def reset_second_step(
    name: str = typer.Argument(help="사용자 이름 · Name of the account."),
    reason: str = typer.Option(help="사유, 감사 기록에 남습니다 · Reason, kept in the audit log."),
) -> None:
    """2단계 인증을 초기화합니다 · Forget the second step of somebody, for example after a lost phone."""
    start_django()
    from django.utils import timezone

    from pandok.common.people import resets

    if not resets.reset_step(account=account_named(name, active=False), actor=None, reason=reason, now=timezone.now()):
        console().print(say(_SECOND))
        return
    console().print(
        say(Text(ko="다음 로그인 때 새로 설정합니다.", en="It is set up again at the next sign-in.")), style="green"
    )


@app.command("confirm")
def confirm(
    name: str = typer.Argument(help="사용자 이름 · Name of the account."),
    reason: str = typer.Option(
        help="당사자를 어떻게 확인했는지 · How you made sure of the person; kept in the audit log."
    ),
) -> None:
    """의결하는 계정의 변경을 확인합니다 · Confirm what others changed at an account that votes: it votes again."""
    start_django()
    from django.utils import timezone

    from pandok.common.people.changes import confirm_changes

    confirm_changes(account=account_named(name, active=False), actor=None, reason=reason, now=timezone.now())
    console().print(say(Text(ko="확인했습니다.", en="Confirmed.")), style="green")


def _role(name: str) -> AnyRole:
    try:
        return role_named(name)
    except ValueError:
        known = ", ".join(role.value for role in roles())
        raise RequestError(
            Text(ko=f"{name}: 없는 역할입니다.", en=f"{name}: there is no such role."),
            Text(ko=f"다음 중에서 고르십시오: {known}.", en=f"Choose from: {known}."),
            code="request.role",
        ) from None


def _exists(name: str) -> RequestError:
    return RequestError(
        Text(ko=f"{name}: 이미 있는 계정입니다.", en=f"{name}: this account exists already."),
        Text(
            ko="--role 없이 다시 실행하면 새 링크를 만듭니다. 역할은 계정 화면에서 바꿉니다.",
            en="Without --role a new link is made; roles are changed on the page of the account.",
        ),
        code="request.account_exists",
    )
