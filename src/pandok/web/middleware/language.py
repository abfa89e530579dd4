"""The language that a person chose (a cookie), else what the browser asks for, else the site's."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header


class ChosenLanguage:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else asked_for(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language",))
        return response


def asked_for(request: HttpRequest) -> str:
    """The first language of the browser's list that the site speaks; the site's own where there is none."""
    spoken = dict(settings.LANGUAGES)
    for wanted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (main := wanted.partition("-")[0]) in spoken:
            return main
    return settings.LANGUAGE_CODE
