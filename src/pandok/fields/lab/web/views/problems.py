"""Problems: the list, one problem, its public part to take home, bringing one in, locking its protocol."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pandok.common import house
from pandok.common.decoding import parsing_pool
from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.core.text import Text
from pandok.fields.lab.acts.packs.importing import import_pack
from pandok.fields.lab.acts.packs.phases import phases_of
from pandok.fields.lab.acts.packs.refusals import deposit_refused
from pandok.fields.lab.acts.packs.registering import register_protocol
from pandok.fields.lab.acts.packs.upload_in_child import read_upload
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.models import Deposit, LabProject, ProblemPack
from pandok.fields.lab.roles import Action
from pandok.fields.lab.web.lab_forms import PackForm
from pandok.fields.lab.web.shown.lab_home import leaders_of, shown_phases
from pandok.fields.lab.web.shown.problem_page import problem_page
from pandok.settings import settings
from pandok.web.file_answer import download
from pandok.web.in_memory_upload import too_large_to_keep, uploads_in_memory
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import render
from pandok.web.uploaded import content_of

FAULTS_SHOWN = 50


@require_safe
@allows(Action.SEE_LAB)
def problems(request: AccountRequest) -> HttpResponse:
    packs = ProblemPack.objects.prefetch_related("registrations")
    context = {
        "packs": [(pack, pack.problem, pack.registrations.all()) for pack in packs],
        "may_define": request.user.may(Action.DEFINE_PROBLEMS),
    }
    return render(request, "pandok/lab/problems/list.html", context)


@require_safe
@allows(Action.SEE_LAB)
def problem(request: AccountRequest, pack_id: UUID) -> HttpResponse:
    return _page(request, get_object_or_404(ProblemPack, pk=pack_id))


@require_safe
@allows(Action.SEE_LAB)
def problem_public(request: HttpRequest, pack_id: UUID) -> HttpResponse:  # noqa: ARG001
    pack = get_object_or_404(ProblemPack, pk=pack_id)
    name = f"{pack.problem_id}-{pack.version}-public.zip"
    return download(house.blobs().get(pack.public_sha256), filename=name, media_type="application/zip")


@require_POST
@allows(Action.REGISTER_PROTOCOLS)
def problem_lock(request: AccountRequest, pack_id: UUID) -> HttpResponse:
    pack = get_object_or_404(ProblemPack, pk=pack_id)
    reason = meant(ReasonForm(request.POST)).why()
    try:
        register_protocol(pack=pack, actor=request.user, reason=reason, site=settings().site_name, now=timezone.now())
    except PandokError as error:
        return _page(request, pack, error, reason, status=422)
    return redirect("problem", pack_id=pack.pk)


@uploads_in_memory
@require_http_methods(["GET", "HEAD", "POST"])
@allows(Action.DEFINE_PROBLEMS)
def problem_new(request: AccountRequest) -> HttpResponse:
    """The form, and the zip. A pack holds what is to be sealed: it never touches the disk in clear."""
    if request.method != "POST":
        return _form(request)
    try:
        pack = _bring_in(request)
    except PandokError as error:
        return _form(request, error, status=422)
    return redirect("problem", pack_id=pack.pk)


def _bring_in(request: AccountRequest) -> ProblemPack:
    upload = request.FILES.get("upload")
    if upload is None:
        raise _too_large() if too_large_to_keep(request) else _no_file()
    form = meant(PackForm(request.POST))
    chosen = form.cleaned_data["terms"]
    place = next((one for one in _terms() if one[0] == chosen), None)
    if place is None:
        raise deposit_refused(
            Text(ko="기탁 자료를 고르지 않았습니다.", en="No deposit was chosen."),
            Text(
                ko="목록에서 고르십시오. 없으면 데이터 관리자에게 요청하십시오.",
                en="Choose one, or ask a data steward.",
            ),
        )
    return import_pack(
        pack=read_upload(parsing_pool(), *content_of(upload)),
        deposit=place[1],
        project=place[2],
        actor=request.user,
        reason=form.why(),
        now=timezone.now(),
        vault=site_vault(settings().home, clock=timezone.now),
        blobs=house.blobs(),
    )


def _terms() -> list[tuple[str, Deposit, LabProject]]:
    """Where a pack may be sealed now: each standing deposit with each project that it is meant for."""
    now = timezone.now()
    standing = Deposit.objects.filter(keys_destroyed_at=None, expires_at__gt=now).prefetch_related("projects")
    return [
        (f"{deposit.pk}/{project.pk}", deposit, project) for deposit in standing for project in deposit.projects.all()
    ]


def _form(request: HttpRequest, error: PandokError | None = None, status: int = 200) -> HttpResponse:
    sent = meant(PackForm(request.POST)).cleaned_data
    context = {
        "terms": _terms(),
        "chosen": sent["terms"],
        "reason": sent["reason"],
        "error": error,
        "faults": getattr(error, "faults", ())[:FAULTS_SHOWN],
        "most_mb": settings().vault_upload_mb,
    }
    return render(request, "pandok/lab/problems/new.html", context, status=status)


def _page(
    request: AccountRequest, pack: ProblemPack, error: PandokError | None = None, reason: str = "", status: int = 200
) -> HttpResponse:
    page = problem_page(pack)
    phases = phases_of([pack], request.user, timezone.now())[0]
    context = {
        "phases": shown_phases(phases),
        "ended": phases.ended,
        "leaders": leaders_of(page.locked, request.user) if page.locked else [],
        "page": page,
        "pack": pack,
        "problem": page.problem,
        "may_lock": page.locked is None and request.user.may(Action.REGISTER_PROTOCOLS),
        "may_submit": page.locked is not None and request.user.may(Action.SUBMIT_MODELS),
        "is_owner": pack.owner_id == request.user.pk,
        "error": error,
        "reason": reason,
    }
    return render(request, "pandok/lab/problems/problem.html", context, status=status)


def _too_large() -> RequestError:
    most = settings().vault_upload_mb
    return RequestError(
        Text(ko=f"파일이 {most} MB를 넘습니다.", en=f"The file is larger than {most} MB."),
        Text(
            ko="서버에서 `pandok lab problems import`로 들여오거나 vault_upload_mb를 올리십시오.",
            en="Import it on the server with `pandok lab problems import`, or raise vault_upload_mb.",
        ),
        code="pack.too_large",
    )


def _no_file() -> RequestError:
    return RequestError(
        Text(ko="파일을 고르지 않았습니다.", en="No file was chosen."),
        Text(ko="과제 묶음을 zip으로 묶어 고르십시오.", en="Choose the pack as a zip."),
        code="pack.no_file",
    )
