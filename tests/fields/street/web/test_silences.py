"""Silences and maintenance: begun with a reason, shown where they hush, ended by themselves or by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.street.acts.health import watch
from pandok.fields.street.acts.silencing import silence
from pandok.fields.street.models import Alert, Pole, Silence
from tests.fields.street.bed import pole, raised
from tests.roles import Role
from tests.world import Site


def test_a_silence_is_begun_on_the_page_and_gone_once_it_expired(site: Site) -> None:
    pole()
    client = site.client(Role.CONTROL_ROOM)
    sent = {"pole": "buk-1", "reader": "not-heard", "hours": "2", "reason": "통신 공사로 끊김"}
    refused = client.post("/street/silences/begin/", sent | {"hours": "1000"})
    assert (refused.status_code, "통신 공사로 끊김" in refused.content.decode()) == (422, True)
    for wrong in ({"hours": "soon"}, {"hours": "nan"}, {"hours": "1e300"}, {"pole": "nowhere"}, {"feeder": "none"}):
        assert client.post("/street/silences/begin/", sent | wrong).status_code == 422
    assert client.post("/street/silences/begin/", sent).status_code == 302
    assert "통신 공사로 끊김" in client.get("/street/silences/").content.decode()
    one = Silence.objects.get()
    assert (one.reader, one.pole and one.pole.key) == ("not-heard", "buk-1")
    short = client.post(f"/street/silences/{one.pk}/end/", {"reason": ""})
    assert short.status_code == 422
    assert client.post(f"/street/silences/{one.pk}/end/", {"reason": "공사가 끝남"}).status_code == 302
    assert "통신 공사로 끊김" not in client.get("/street/silences/").content.decode()
    assert client.post(f"/street/silences/{one.pk}/end/", {"reason": "공사가 끝남"}).status_code == 422
    told = list(
        AuditEntry.objects.filter(object=f"silence:{one.pk}").order_by("sequence").values_list("action", flat=True)
    )
    assert told == ["silence.begun", "silence.ended"]


def test_maintenance_begins_and_ends_on_the_page(site: Site) -> None:
    pole()
    client = site.client(Role.STREET_OPERATOR)
    sent = {"maintenance-pole": "buk-1", "maintenance-hours": "8", "maintenance-reason": "정기 점검 중"}
    assert client.post("/street/silences/maintenance/", sent | {"maintenance-what": "begin"}).status_code == 302
    assert Pole.objects.get().maintenance_until is not None
    assert client.post("/street/silences/maintenance/", sent | {"maintenance-what": "end"}).status_code == 302
    assert Pole.objects.get().maintenance_until is None


def test_a_hazard_under_a_silence_is_seen_in_its_place_with_who_why_and_until(site: Site) -> None:
    pole()
    now, client = timezone.now(), site.client(Role.CONTROL_ROOM)
    officer = site.account(Role.CONTROL_ROOM)
    until = now + timedelta(hours=2)
    silence(pole="buk-1", feeder="", reader="", until=until, actor=officer, reason="하수관 물청소", now=now)
    hushed = raised(now)
    other = raised(now - timedelta(minutes=5))
    Alert.objects.filter(pk=other.pk).update(quiet=False, silence=None, case_level=1)
    body = client.get("/street/").content.decode()
    assert body.index(hushed.pk) < body.index(other.pk)
    assert "하수관 물청소" in body
    assert "그중 위험 1건" in body
    page = client.get(f"/street/alerts/{hushed.pk}/").content.decode()
    assert "하수관 물청소" in page
    assert officer.shown_name in page
    assert "하수관 물청소" in client.get("/street/silences/").content.decode()
    entry = AuditEntry.objects.get(object=f"alert:{hushed.pk}", action="alert.raised")
    assert "silence:" in str(entry.details)


def test_once_the_silence_is_over_what_still_stands_calls(site: Site) -> None:  # noqa: ARG001
    pole()
    now = timezone.now()
    until = now + timedelta(minutes=30)
    silence(pole="buk-1", feeder="", reader="", until=until, actor=None, reason="하수관 물청소", now=now)
    alert = raised(now)
    assert alert.quiet
    watch(now + timedelta(minutes=29))
    alert.refresh_from_db()
    assert alert.quiet
    watch(now + timedelta(minutes=31))
    alert.refresh_from_db()
    assert (alert.quiet, alert.silence) == (False, None)
    assert AuditEntry.objects.filter(object=f"alert:{alert.pk}", action="alert.woken").count() == 1


def test_no_hazard_is_silenced_everywhere_or_for_more_than_a_day(site: Site) -> None:  # noqa: ARG001
    pole(feeder="feeder-7")
    now = timezone.now()
    for place, reader, hours, code in (
        ("", "", 1, "street.silence_everywhere"),
        ("", "flood-level", 1, "street.silence_everywhere"),
        ("buk-1", "", 25, "street.bad_silence_until"),
        ("buk-1", "fire-smoke", 25, "street.bad_silence_until"),
        ("buk-1", "not-heard", 24 * 31, "street.bad_until"),
    ):
        with pytest.raises(RequestError) as refused:
            silence(
                pole=place, feeder="", reader=reader, until=now + timedelta(hours=hours), actor=None,
                reason="하수관 물청소", now=now,
            )  # fmt: skip
        assert refused.value.error_code == code
    until = now + timedelta(days=20)
    silence(pole="", feeder="feeder-7", reader="not-heard", until=until, actor=None, reason="선로 공사", now=now)
    silence(pole="", feeder="", reader="lamp-flicker", until=until, actor=None, reason="등기구 교체", now=now)
