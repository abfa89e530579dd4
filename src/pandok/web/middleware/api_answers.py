"""Programs are answered in JSON also where no operation was reached: wrong address, wrong method, refused host."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

API = "/api/"


class ApiAnswers:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path_info.startswith(API) or response.status_code < 400:
            return response
        if response.headers.get("Content-Type", "").startswith("application/json"):
            return response
        from pandok.web.api.refusals import as_json, refusal

        answer = as_json(refusal(response.status_code))
        if "Allow" in response.headers:
            answer.headers["Allow"] = response.headers["Allow"]
        return answer
