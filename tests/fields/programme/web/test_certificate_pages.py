"""A certificate by its pages: drafted, issued, printed, checked by anybody, withdrawn for all to see."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.fields.lab.acts.proofs.own_key import change_own_key
from pandok.fields.programme.acts.certificates.certificate_pdf import checked_at
from pandok.fields.programme.models import TrialCertificate
from pandok.settings import settings
from tests.fields.programme.office import WHY, drafted_certificate, issued, measured
from tests.roles import Role
from tests.world import Site


def test_from_draft_to_withdrawal_by_its_pages(site: Site) -> None:
    kept = measured(timezone.now())
    office, manager = site.client(Role.PROGRAMME_OFFICE), site.client(Role.PROGRAMME_MANAGER)
    assert office.post(f"/programme/measurements/{kept.pk}/certificate/", {"kind": ""}).status_code == 422
    answer = office.post(f"/programme/measurements/{kept.pk}/certificate/", {"kind": "honest"})
    made = TrialCertificate.objects.get()
    page = f"/programme/certificates/{made.pk}/"
    assert answer.headers["Location"] == page
    assert office.get(f"{page}pdf/").status_code == 404
    assert 'value="issue"' not in office.get(page).content.decode()
    assert office.post(f"{page}step/", {"act": "issue", "reason": WHY}).status_code == 404
    assert manager.post(f"{page}step/", {"act": "issue", "reason": ""}).status_code == 422
    assert manager.post(f"{page}step/", {"act": "issue", "reason": WHY}).status_code == 302
    made.refresh_from_db()
    assert "발급한 그대로입니다" in manager.get(page).content.decode()
    nobody = Client()
    asked = {"number": made.number, "code": made.code}
    shown = nobody.get("/verify/", asked).content.decode()
    assert "성실 실증 확인서" in shown
    assert "판단 불가" in shown
    for name in ("programme-manager of", "programme-office of", "field-owner of"):
        assert name not in shown
    paper = nobody.get("/verify/paper/", asked)
    assert paper.content == manager.get(f"{page}pdf/").content
    assert nobody.get("/verify/facts/", asked).json()["sha256"] == made.sha256
    assert office.post(f"{page}step/", {"act": "withdraw", "reason": "장치가 뒤바뀜"}).status_code == 302
    assert "유효하며" in nobody.get("/verify/", asked).content.decode()
    assert manager.post(f"{page}step/", {"act": "confirm", "reason": WHY}).status_code == 302
    told = nobody.get("/verify/", asked).content.decode()
    assert "발급이 취소된" in told
    assert "장치가 뒤바뀜" in told
    assert nobody.get("/verify/paper/", asked).content == paper.content


def test_a_wrong_number_and_a_wrong_code_are_answered_alike(site: Site) -> None:
    del site
    done = issued()
    nobody = Client()

    def said(number: str, code: str) -> str:
        shown = nobody.get("/verify/", {"number": number, "code": code}).content.decode().split("<main")[1]
        return re.sub(r' value="[^"]*"', "", shown.split("</main>")[0])

    assert said(done.number, "WRONG") == said("2026-TC-999999", done.code)
    assert nobody.get("/verify/paper/", {"number": done.number, "code": "x"}).status_code == 404


def test_a_certificate_that_was_changed_says_so_to_everybody_and_is_not_printed(site: Site) -> None:
    del site
    done = issued(key=site_signing_key(settings().home))
    asked = {"number": done.number, "code": done.code}
    assert "유효하며" in Client().get("/verify/", asked).content.decode()
    TrialCertificate.objects.update(content=done.content | {"verdict": {"name": "proven", "ko": "입증", "en": "P"}})
    shown = Client().get("/verify/", asked).content.decode()
    assert "발급한 것과 다름" in shown
    assert "/verify/paper/" not in shown
    assert Client().get("/verify/paper/", asked).status_code == 404
    TrialCertificate.objects.update(content={})
    assert Client().get("/verify/", asked).status_code == 200
    assert Client().get("/verify/paper/", asked).status_code == 404


def test_what_an_earlier_key_signed_holds_after_the_key_was_changed(site: Site) -> None:
    del site
    home, nobody = settings().home, Client()
    first = site_signing_key(home)
    done = issued(key=first)
    asked = {"number": done.number, "code": done.code}
    before = nobody.get("/verify/facts/", asked).json()
    made = change_own_key(home=home, reason="해마다 바꿈", actor=None, now=timezone.now())
    assert "유효하며" in nobody.get("/verify/", asked).content.decode()
    assert nobody.get("/verify/facts/", asked).json() == before
    assert before["public_key"] == first.public
    keys = nobody.get("/verify/keys/").content.decode()
    assert keys.index(made.public) < keys.index(first.public)
    now = timezone.now()
    later = issued(drafted_certificate(now=now), key=first, now=now)
    assert (
        "서명이 이 내용의 것이 아닙니다"
        in nobody.get("/verify/", {"number": later.number, "code": later.code}).content.decode()
    ), "the former key does not sign any more"
    TrialCertificate.objects.filter(pk=done.pk).update(content=done.content | {"issuer": "다른 기관"})
    assert "발급한 것과 다름" in nobody.get("/verify/", asked).content.decode()


def test_a_camera_is_led_to_the_check(site: Site) -> None:
    done = issued(key=site_signing_key(settings().home))
    asked = {"number": done.number, "code": done.code}
    assert checked_at(done.content) == f"https://city.example/verify/?{urlencode(asked)}"
    assert 'class="pg-square"' in Client().get("/verify/", asked).content.decode()
    inside = site.client(Role.PROGRAMME_OFFICE).get(f"/programme/certificates/{done.pk}/").content.decode()
    assert "<svg" in inside.split('class="pg-square"')[1]
