"""How the API refuses: one shape for every status."""

from __future__ import annotations

from typing import Any, Literal

from django.http import JsonResponse
from ninja.responses import NinjaJSONEncoder
from pydantic import BaseModel

from pandok.core.errors import PandokError, RequestError
from pandok.core.text import Text
from pandok.web.shown.rendering import refused_status


class Refusal(BaseModel):
    """`code` is stable for programs; `what` and `next_step` are sentences for people; `fields` has typed details."""

    code: str
    turn: Literal["officer", "operator", "submitter", "pandok"]
    what: Text
    next_step: Text
    fields: dict[str, Any]


class ApiRefusal(RequestError):
    """A refusal with a status of its own."""

    code = "api"
    turn = "submitter"

    def __init__(self, status: int, code: str, what: Text, next_step: Text, **fields: Any):
        super().__init__(what, next_step, code=f"api.{code}", **fields)
        self.status = status


_STATUSES: dict[int, tuple[str, Text, Text]] = {
    400: (
        "bad_request",
        Text(ko="요청을 이해하지 못했습니다.", en="The request could not be understood."),
        Text(ko="API 설명에 맞게 고쳐 다시 보내십시오.", en="Send it again as the API description says."),
    ),
    401: (
        "not_signed_in",
        Text(ko="토큰이 없거나 더 이상 유효하지 않습니다.", en="There is no token, or it is no longer valid."),
        Text(
            ko="Authorization: Bearer 헤더에 유효한 토큰을 넣으십시오.",
            en="Send a valid token in the header Authorization: Bearer.",
        ),
    ),
    403: (
        "not_allowed",
        Text(ko="이 요청을 할 권한이 없습니다.", en="You are not allowed to make this call."),
        Text(
            ko="계정의 역할과 토큰의 범위를 관리자에게 확인하십시오.",
            en="Ask the administrator about the roles of the account and the scopes of the token.",
        ),
    ),
    404: (
        "not_found",
        Text(ko="찾으시는 것이 없습니다.", en="There is no such thing."),
        Text(
            ko="주소와 번호를 확인하십시오. 볼 수 없는 것도 없는 것으로 답합니다.",
            en="Check address and number. What you may not see is answered as if it did not exist.",
        ),
    ),
    405: (
        "method",
        Text(ko="이 주소는 그 방법(method)을 받지 않습니다.", en="This address does not take that method."),
        Text(ko="Allow 헤더의 방법을 쓰십시오.", en="Use one that the header Allow names."),
    ),
    413: (
        "too_large",
        Text(ko="보낸 내용이 너무 큽니다.", en="What was sent is too large."),
        Text(ko="파일을 나누거나 줄여 다시 보내십시오.", en="Send less at once, or smaller files."),
    ),
    415: (
        "content_type",
        Text(ko="이 주소가 읽지 않는 Content-Type입니다.", en="This address does not read that Content-Type."),
        Text(ko="API 설명에 적힌 형식으로 보내십시오.", en="Send the type that the API description names."),
    ),
    422: (
        "invalid",
        Text(ko="요청에 올바르지 않은 값이 있습니다.", en="A value of the request is not right."),
        Text(ko="아래 항목을 고쳐 다시 보내십시오.", en="Correct what is named in `fields` and send again."),
    ),
    429: (
        "too_many_calls",
        Text(ko="요청이 너무 많습니다.", en="There are too many calls."),
        Text(ko="Retry-After 헤더의 초만큼 기다리십시오.", en="Wait the seconds that the header Retry-After names."),
    ),
    500: (
        "fault",
        Text(ko="프로그램에 문제가 생겼습니다.", en="Something in the program went wrong."),
        Text(
            ko="잠시 뒤 다시 하고, 반복되면 참조 번호를 관리자에게 알려 주십시오.",
            en="Try again shortly; if it persists, tell the administrator the reference.",
        ),
    ),
    503: (
        "unavailable",
        Text(ko="지금은 처리할 수 없습니다.", en="This cannot be done now."),
        Text(ko="잠시 뒤 다시 하십시오.", en="Try again shortly."),
    ),
}


_TOO_LARGE = frozenset({"photograph.too_many_bytes", "document.too_large"})
_CONFLICT = frozenset({"lab.upload_offset", "lab.upload_busy"})


def refusal(status: int, **fields: Any) -> ApiRefusal:
    """The usual refusal with this status."""
    code, what, next_step = _STATUSES.get(status, _STATUSES[400 if status < 500 else 500])
    return ApiRefusal(status, code, what, next_step, **fields)


def not_found() -> ApiRefusal:
    return refusal(404)


def status_of(error: PandokError) -> int:
    if isinstance(error, ApiRefusal):
        return error.status
    if error.error_code in _TOO_LARGE:
        return 413
    if error.error_code in _CONFLICT:
        return 409
    return refused_status(error)


def as_json(error: PandokError) -> JsonResponse:
    answer = JsonResponse(error.as_dict(), status=status_of(error), encoder=NinjaJSONEncoder)
    if answer.status_code == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="pandok"'
    if "retry_after_s" in error.fields:
        answer.headers["Retry-After"] = str(error.fields["retry_after_s"])
    return answer


REFUSED_WITH = frozenset({400, 401, 403, 404, 405, 413, 415, 422, 429, 503})


def answers(shape: Any, status: int = 200) -> dict[Any, Any]:
    """The table of answers of an operation: what it gives, and the refusals that every operation may give."""
    return {status: shape, REFUSED_WITH: Refusal}
