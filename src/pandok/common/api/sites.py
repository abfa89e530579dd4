"""Sites of customs and who works there. Every change has a reason."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from pandok.common.models import Account, Site
from pandok.common.parties import sites_admin as use
from pandok.common.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, Key, Reason

router = Router(tags=["sites"])
_KEEPS = may(Action.MANAGE_PARTIES)


class SiteOut(BaseModel):
    id: int
    code: str
    name_ko: str
    name_en: str
    head_ko: str
    head_en: str
    department_ko: str
    department_en: str
    phone: str
    members: list[str]


class NamesIn(Asked):
    name_ko: str = Field(min_length=1, max_length=100)
    name_en: str = Field(min_length=1, max_length=100)
    head_ko: str | None = Field(default=None, max_length=100, description="In whose name notices are sent")
    head_en: str | None = Field(default=None, max_length=100)
    department_ko: str | None = Field(default=None, max_length=100, description="The department that parties can ask")
    department_en: str | None = Field(default=None, max_length=100)
    phone: str | None = Field(default=None, max_length=40, description="Its telephone number")
    reason: Reason


class SiteIn(NamesIn):
    code: str = Field(min_length=2, max_length=20, pattern=r"^[A-Z0-9][A-Z0-9\-]{1,19}$")


class SiteMemberIn(Asked):
    username: str = Field(min_length=1, max_length=150)
    member: bool = Field(description="True: works here from now on, and at no other site; false: no longer")
    reason: Reason


@router.get("", auth=_KEEPS, response=answers(list[SiteOut]), summary="The sites of customs")
def list_sites(request: HttpRequest) -> list[SiteOut]:  # noqa: ARG001
    return [_out(site) for site in Site.objects.order_by("code").prefetch_related("members__account")]


@router.post("", auth=_KEEPS, response=answers(SiteOut, 201), summary="Add a site")
@once(status=201)
def add_site(request: HttpRequest, asked: SiteIn) -> SiteOut:
    return _keep(request, None, asked.code, asked)


@router.post("/{site_id}/names", auth=_KEEPS, response=answers(SiteOut), summary="Rename a site")
@once
def rename_site(request: HttpRequest, site_id: Key, asked: NamesIn) -> SiteOut:
    site = _found(site_id)
    return _keep(request, site, site.code, asked)


@router.post("/{site_id}/members", auth=_KEEPS, response=answers(SiteOut), summary="Who works at a site")
@once
def set_site_member(request: HttpRequest, site_id: Key, asked: SiteMemberIn) -> SiteOut:
    site, actor, now = _found(site_id), actor_of(request), timezone.now()
    if asked.member:
        use.put_at_site(site=site, username=asked.username, actor=actor, reason=asked.reason, now=now)
    else:
        account = Account.objects.filter(username=asked.username).first()
        if account is None:
            raise not_found()
        use.take_from_site(site=site, account_id=account.pk, actor=actor, reason=asked.reason, now=now)
    return _out(site)


def _keep(request: HttpRequest, site: Site | None, code: str, asked: NamesIn) -> SiteOut:
    kept = use.keep_site(
        site=site,
        code=code,
        name_ko=asked.name_ko,
        name_en=asked.name_en,
        actor=actor_of(request),
        reason=asked.reason,
        now=timezone.now(),
        sender={name: said for name in use.SENDER_FIELDS if (said := getattr(asked, name)) is not None},
    )
    return _out(kept)


def _found(site_id: int) -> Site:
    site = Site.objects.filter(pk=site_id).first()
    if site is None:
        raise not_found()
    return site


def _out(site: Site) -> SiteOut:
    names = sorted(member.account.get_username() for member in site.members.all())
    sender = {name: getattr(site, name) for name in use.SENDER_FIELDS}
    return SiteOut(id=site.pk, code=site.code, name_ko=site.name_ko, name_en=site.name_en, members=names, **sender)
