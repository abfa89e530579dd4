"""Questions and answers for who is signed in: of a challenge, or in general."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pandok.common.web.requests import AccountRequest
from pandok.core.errors import PandokError, RequestError
from pandok.core.text import Text
from pandok.fields.programme.acts.community import posting
from pandok.fields.programme.acts.community.correcting import correct_rules
from pandok.fields.programme.challenge_states import ChallengeState
from pandok.fields.programme.lists.challenges import challenge_for
from pandok.fields.programme.lists.community import corrections_of, post_for, questions_of
from pandok.fields.programme.models import Challenge, CommunityPost
from pandok.fields.programme.roles import Action
from pandok.fields.programme.web.community_forms import CorrectionForm, PostForm
from pandok.fields.programme.web.shown.challenge_facts import challenge_row
from pandok.fields.programme.web.shown.post_facts import post_shown
from pandok.web.middleware.deny_by_default import allows
from pandok.web.sent_fields import ReasonForm, meant
from pandok.web.shown.rendering import refused_status, render

A_PAGE = 20
Sent = tuple[str, Any]
"""What was refused: of which act and post, and the form as it was entered."""


@require_safe
@allows(Action.SEE_QUESTIONS)
def questions(request: AccountRequest) -> HttpResponse:
    return _page(request, None)


@require_safe
@allows(Action.SEE_QUESTIONS)
def discussion(request: AccountRequest, challenge_id: UUID) -> HttpResponse:
    return _page(request, _challenge(request, challenge_id))


@require_POST
@allows(Action.ASK_QUESTIONS)
def ask(request: AccountRequest) -> HttpResponse:
    return _ask(request, None)


@require_POST
@allows(Action.ASK_QUESTIONS)
def ask_of(request: AccountRequest, challenge_id: UUID) -> HttpResponse:
    return _ask(request, _challenge(request, challenge_id))


@require_POST
@allows(Action.KEEP_QUESTIONS)
def correct(request: AccountRequest, challenge_id: UUID) -> HttpResponse:
    found, form = _challenge(request, challenge_id), meant(CorrectionForm(request.POST, auto_id="correct_%s"))
    try:
        correct_rules(challenge_id, actor=request.user, now=timezone.now(), **form.cleaned_data)
    except PandokError as error:
        return _page(request, found, sent=("correct", form), error=error)
    return _to(found)


@require_POST
@allows(Action.ASK_QUESTIONS)
def answer(request: AccountRequest, post_id: UUID) -> HttpResponse:
    """The button says whether officially."""
    found = _post(request, post_id)
    form, name = meant(PostForm(request.POST, auto_id=f"answer{found.pk}_%s")), request.POST.get("act", "")
    act = posting.answer if name == "answer" else posting.reply
    try:
        act(post_id, form.cleaned_data["text"], nothing_sealed=form.cleaned_data["nothing_sealed"],
            actor=request.user, now=timezone.now())  # fmt: skip
    except PandokError as error:
        return _page(request, found.challenge, sent=(f"answer{found.pk}", form), error=error)
    return _to(found.challenge)


@require_POST
@allows(Action.ASK_QUESTIONS)
def withdraw(request: AccountRequest, post_id: UUID) -> HttpResponse:
    found = _post(request, post_id)
    try:
        posting.withdraw(post_id, actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, found.challenge, error=error)
    return _to(found.challenge)


@require_POST
@allows(Action.KEEP_QUESTIONS)
def step(request: AccountRequest, post_id: UUID) -> HttpResponse:
    """Hide, or show again: the button says what."""
    found, name = _post(request, post_id), request.POST.get("act", "")
    form = meant(ReasonForm(request.POST, auto_id=f"hide{found.pk}_%s"))
    act = posting.show_again if name == "show" else posting.hide
    try:
        act(post_id, reason=form.why(), actor=request.user, now=timezone.now())
    except PandokError as error:
        return _page(request, found.challenge, sent=(f"hide{found.pk}", form), error=error)
    return _to(found.challenge)


def _ask(request: AccountRequest, challenge: Challenge | None) -> HttpResponse:
    form = meant(PostForm(request.POST, auto_id="ask_%s"))
    try:
        posting.ask(
            form.cleaned_data["text"],
            challenge=challenge,
            nothing_sealed=form.cleaned_data["nothing_sealed"],
            actor=request.user,
            now=timezone.now(),
        )
    except PandokError as error:
        return _page(request, challenge, sent=("ask", form), error=error)
    return _to(challenge)


def _to(challenge: Challenge | None) -> HttpResponse:
    return redirect("programme_discussion", challenge_id=challenge.pk) if challenge else redirect("programme_questions")


def _challenge(request: AccountRequest, challenge_id: UUID) -> Challenge:
    try:
        found = challenge_for(request.user, challenge_id)
    except RequestError as error:
        raise Http404 from error
    if found.announced_at is None:
        raise Http404
    return found


def _post(request: AccountRequest, post_id: UUID) -> CommunityPost:
    try:
        return post_for(request.user, post_id)
    except RequestError as error:
        raise Http404 from error


def _page(
    request: AccountRequest, challenge: Challenge | None, *, sent: Sent = ("", None), error: PandokError | None = None
) -> HttpResponse:
    reader = request.user
    page = Paginator(questions_of(challenge).select_related("made_by"), A_PAGE).get_page(request.GET.get("page"))
    discussed = challenge is None or challenge.state != ChallengeState.WITHDRAWN.value
    near = posting.near_to(challenge, reader)
    asks = reader.may(Action.ASK_QUESTIONS) and discussed and not near

    def again(name: str, fresh: Any) -> Any:
        return sent[1] if sent[0] == name else fresh

    def row(one: Any) -> dict[str, Any]:
        hides, answers = f"hide{one.post.pk}", f"answer{one.post.pk}"
        writes = discussed and (one.may_answer or (one.may_reply and not near))
        return {
            "one": one,
            "hide_form": again(hides, ReasonForm(auto_id=f"{hides}_%s")) if one.may_hide or one.may_show else None,
            "hide_open": sent[0] == hides,
            "form": again(answers, PostForm(auto_id=f"{answers}_%s")) if writes else None,
            "open": sent[0] == answers,
            "answers": [row(other) for other in one.answers],
        }

    context: dict[str, Any] = {
        "page": page,
        "rows": [row(post_shown(one, reader)) for one in page],
        "near": near,
        "ask_form": again("ask", PostForm(auto_id="ask_%s")) if asks else None,
        "ask_open": sent[0] == "ask",
        "keeps": reader.may(Action.KEEP_QUESTIONS),
        "error": error,
    }
    if challenge is not None:
        corrects = discussed and reader.may(Action.KEEP_QUESTIONS)
        context |= challenge_row(challenge) | {
            "corrections": [(Text(ko=one.text, en=one.text_en), one) for one in corrections_of(challenge)],
            "correct_form": again("correct", CorrectionForm(auto_id="correct_%s")) if corrects else None,
            "correct_open": sent[0] == "correct",
        }
    status = refused_status(error) if error else 200
    return render(request, "pandok/programme/discussion.html", context, status=status)
