"""A whole programme in real browsers: from a problem that somebody has to a second region that took its answer over,
by the pages of two Pandoks alone. Records of alerts and the lab's own work are put where they come from."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from pandok.common import house
from pandok.common.models import Account
from pandok.common.people.accounts import ensure_role_groups
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.proof_pack.keys import key_file
from pandok.engines.proof_pack.signing import SigningKey
from pandok.engines.proof_pack.site_key import site_signing_key
from pandok.fields.lab.acts.proofs.importing import add_key
from pandok.fields.lab.models import ProofRecord
from pandok.fields.programme.models import (
    Agreement,
    Call,
    CallApplication,
    FieldProblem,
    HandOverMade,
    Measurement,
    TrialCertificate,
)
from pandok.settings import Settings
from tests.browser.conftest import PASSWORD
from tests.browser.waited import expect
from tests.chosen import Choose
from tests.fields.lab.acts.proofs.test_trial_proofs import SITE, judged, made
from tests.fields.programme.bidding import ANSWERS, CALLED, MARKS, NUMBERS, applicant
from tests.fields.programme.office import AGREED, LINE, SAID, WHY, person
from tests.fields.programme.records import records
from tests.fields.street.bed import NOON as STREET_BEGAN
from tests.own_postgresql import on_store
from tests.roles import Role

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = "부산 동구청"
HERE = {"devices": "레이더 수위계 2곳", "season": "6월부터 9월, 밤낮", "prevalence": "한 해 침수 9회"}
DAY = timedelta(days=1)


class Clock:
    """Of this site; every look is a second later."""

    def __init__(self, now: datetime):
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def day(self, days: int = 0) -> str:
        return (self.now + days * DAY).astimezone(OFFICE_ZONE).date().isoformat()


class Desk:
    """Everybody's own browser at one site. A form that is refused fails the test with what the page said."""

    def __init__(self, browser: Any, url: str, language: str):
        self.browser, self.url, self.language = browser, url, language
        self.pages: dict[str, Any] = {}
        self.faults: list[str] = []

    def opened(self, who: Account | str = "") -> Any:
        name = who if isinstance(who, str) else who.get_username()
        if name in self.pages:
            return self.pages[name]
        context = self.browser.new_context(base_url=self.url, reduced_motion="reduce")
        context.add_cookies([{"name": "pandok_language", "value": self.language, "url": self.url}])
        page = self.pages[name] = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda sent: None if sent.url.startswith(self.url) else self.faults.append(sent.url))
        if name:
            if isinstance(who, Account):
                who.set_password(PASSWORD)
                who.save()
            page.goto("/sign-in/?next=/programme/problems/")
            page.fill("#id_username", name)
            page.fill("#id_password", PASSWORD)
            page.press("#id_password", "Enter")
            page.wait_for_url("**/programme/problems/")
        return page

    def sends(self, who: Account | str, at: str, to: str, press: str = "button", **said: Any) -> Any:
        """`to`: where the form goes, by its end; `press`: the button of it."""
        page = self.opened(who)
        page.goto(at)
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        form = page.locator(f'main form[action$="{to}"]').filter(has=page.locator(press)).first
        for name, value in said.items():
            field = form.locator(f'[name="{name}"]')
            kind = field.evaluate("one => one.tagName + one.type")
            if kind.startswith("SELECT"):
                field.select_option(str(value))
            elif kind.endswith("checkbox"):
                field.check()
            elif kind.endswith("file"):
                field.set_input_files(str(value))
            else:
                field.fill(str(value))
        with page.expect_navigation() as answered:
            form.locator(press).first.click()
        refused = page.locator("#form-error").all_inner_texts()
        assert answered.value.status == 200, (at, to, refused, page.locator("main").inner_text()[:600])
        return page


@pytest.fixture(params=["ko", "en"])
def desk(request: pytest.FixtureRequest, browser: Any, live_server: Any) -> Iterator[Desk]:
    found = Desk(browser, live_server.url, request.param)
    yield found
    assert found.faults == []


@contextmanager
def second_pandok(folder: Path, now: datetime, language: str) -> Iterator[tuple[str, Callable[[], None]]]:
    """Its address, and what tells its lab to have measured."""
    key = folder / "site.pub"
    key.write_text(key_file(site_signing_key(folder / "here").public, site=SITE), encoding="utf-8")
    home = {"PANDOK_SITE_NAME": ELSEWHERE, "PANDOK_LANGUAGE": language, "PANDOK_TWO_STEP": "off"}
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PANDOK_", "DJANGO_"))}
    command = [sys.executable, "-m", "tests.fields.programme.other_server", now.isoformat(), str(key), SITE, PASSWORD]
    with (folder / "there.log").open("w", encoding="utf-8") as told:
        running = subprocess.Popen(
            command, cwd=ROOT, env=clean | home | on_store(folder / "there"), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told,
        )  # fmt: skip
        assert running.stdin is not None
        assert running.stdout is not None
        said, heard = running.stdin, running.stdout

        def measured() -> None:
            said.write("measured\n")
            said.flush()
            assert heard.readline().strip() == "measured"

        try:
            port = heard.readline().strip()
            assert port.isdigit(), (folder / "there.log").read_text(encoding="utf-8")[-2000:]
            yield f"http://127.0.0.1:{port}", measured
        finally:
            said.close()
            running.wait(timeout=60)


def test_from_a_problem_to_a_second_region(
    transactional_db: None,  # noqa: ARG001
    choose: Choose,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    desk: Desk,
) -> None:
    # Weeks pass; to sign in again after each is tried elsewhere.
    settings.SESSION_COOKIE_AGE = 400 * 86_400
    monkeypatch.setattr(Settings, "idle_limit", 400 * DAY)
    monkeypatch.setattr("pandok.common.people.sessions.LONGEST", 400 * DAY)
    choose(two_step="off", home=tmp_path / "here", site_name=SITE)
    ensure_role_groups()
    key = site_signing_key(tmp_path / "here")
    trials = judged(tmp_path / "lab")
    proof: ProofRecord = made(trials, key=key)
    house.blobs().put(trials.blobs.get(proof.pack_sha256))
    clock = Clock(max(trials.clock(), STREET_BEGAN) + DAY)
    monkeypatch.setattr(timezone, "now", clock)

    call = _from_problem_to_call(desk, clock)
    agreement = _from_applications_to_selection(desk, clock, call)
    _locked(desk, clock, agreement)
    certificate = _certified(desk, clock, agreement)
    _anybody_checks(desk, certificate)
    handed = _handed_over(desk, agreement, proof)
    package = tmp_path / "package.zip"
    _kept_from(desk.opened(person(Role.PROGRAMME_OFFICE)), f"/programme/spread/made/{handed.pk}/", "/package/", package)

    with second_pandok(tmp_path, clock.now, desk.language) as (there, measured):
        answer = _taken_over(Desk(desk.browser, there, desk.language), package, measured, tmp_path / "answer.json")
    their_key = SigningKey.at(tmp_path / "there" / "keys" / "proof-signing-key").public
    add_key(
        data=key_file(their_key, site=ELSEWHERE).encode(), site=ELSEWHERE, reason="전화로 비교함",
        actor=person(Role.EVALUATOR), now=clock(),
    )  # fmt: skip
    clock.now += 2 * DAY
    desk.sends(person(Role.PROGRAMME_OFFICE), "/programme/spread/", "/spread/answers/", answer=answer)
    anybody = desk.opened()
    anybody.goto("/spread/")
    expect(anybody.locator("main article", has_text=ELSEWHERE)).to_have_count(1)
    expect(anybody.locator("main article", has_text=HERE["devices"])).to_have_count(1)
    shown = anybody.locator("main").inner_text()
    for secret in (WHY, "우리 자료에서도 입증됨", *Account.objects.values_list("username", flat=True)):
        assert secret not in shown, secret


def _from_problem_to_call(desk: Desk, clock: Clock) -> Call:
    office, manager, member = (
        person(one) for one in (Role.PROGRAMME_OFFICE, Role.PROGRAMME_MANAGER, Role.COMMITTEE_MEMBER)
    )
    said = SAID | {"counted_on": clock.day(-30)}
    desk.sends(person(Role.OFFICER, "who has a problem"), "/programme/problems/new/", "/problems/new/", **said)
    problem = FieldProblem.objects.get()
    at = f"/programme/problems/{problem.pk}/"
    desk.sends(office, at, "/act/", 'button[value="examine"]', reason=WHY)
    desk.sends(member, at, "/act/", 'button[value="accept"]', reason=WHY)
    citizen = person(Role.HOLDER, "a citizen")
    desk.sends(citizen, at, "/share/", region="jeju", note="우리 마을도 같음")
    anybody = desk.opened()
    anybody.goto(f"/problems/{problem.number}/")
    expect(anybody.locator("h1")).to_have_text(problem.title)

    local = clock.now.astimezone(OFFICE_ZONE)
    called = vars(CALLED) | {
        "opens_at": local.strftime("%Y-%m-%dT00:00"),
        "closes_at": (local + 10 * DAY).strftime("%Y-%m-%dT18:00"),
        "money_on": clock.day(),
        "problems": problem.number,
    }
    desk.sends(office, "/programme/calls/new/", "/calls/new/", **called)
    call = Call.objects.get()
    desk.sends(manager, f"/programme/calls/{call.pk}/", "/step/", 'button[value="publish"]', reason=WHY)
    return call


def _from_applications_to_selection(desk: Desk, clock: Clock, call: Call) -> Agreement:
    at, office = f"/programme/calls/{call.pk}/", person(Role.PROGRAMME_OFFICE)
    for place, name in enumerate(("가온센서", "나래전자")):
        firm = applicant(name)
        begun = desk.sends(firm, at, "/apply/").url
        answers = {f"answer_{key}": value for key, value in ANSWERS.items()}
        members = {"name_0": name, "number_0": NUMBERS[2 + place], "share_0": "100"}
        done = desk.sends(firm, begun, "/save/", 'button[value="submit"]', title=f"{name}의 방법", **members, **answers)
        expect(done.locator("#receipt")).to_be_visible()
    clock.now += 11 * DAY
    due = (clock.now + 9 * DAY).astimezone(OFFICE_ZONE).strftime("%Y-%m-%dT18:00")
    review = f"{at}review/"
    desk.sends(office, review, "/review/step/", 'button[value="begin"]', due_at=due, reason=WHY)
    advisors = [person(Role.ADVISOR, f"advisor {one}") for one in ("one", "two")]
    for advisor in advisors:
        desk.sends(office, review, "/review/step/", 'button[value="assign"]', reviewer=advisor.get_username())
    for advisor in advisors:
        own = desk.opened(advisor)
        own.goto("/programme/reviews/")
        to_do = own.locator("main .rows a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        assert len(to_do) == 2
        for place, one in enumerate(sorted(to_do)):
            own.goto(one)
            points = "90" if "가온센서" in own.locator("main").inner_text() else str(60 + place)
            marks = {f"points_{key}": points for key in MARKS} | {f"reason_{key}": "시험 기록" for key in MARKS}
            desk.sends(advisor, one, "/mark/", 'button[value="lock"]', **marks, no_ties=True)
    first = CallApplication.objects.get(party__name="가온센서")
    numbers = list(CallApplication.objects.order_by("number").values_list("number", flat=True))
    reasons = {f"why_{place}": "점수와 근거에 따름" for place in range(2)}
    chosen = {f"selected_{numbers.index(first.number)}": True}
    desk.sends(office, review, "/review/step/", 'button[value="offer"]', reason=WHY, **reasons, **chosen)
    for name in ("member one", "member two"):
        member = person(Role.COMMITTEE_MEMBER, name)
        desk.sends(member, review, "/review/vote/", 'button[value="yes"]', reason=WHY)
    anybody = desk.opened()
    anybody.goto(f"/calls/{call.number}/")
    expect(anybody.locator("main")).to_contain_text("가온센서")
    assert "나래전자" not in anybody.locator("main").inner_text()
    return Agreement.objects.get()


def _locked(desk: Desk, clock: Clock, agreement: Agreement) -> None:
    office, manager, owner = (person(one) for one in (Role.PROGRAMME_OFFICE, Role.PROGRAMME_MANAGER, Role.FIELD_OWNER))
    at = f"/programme/agreements/{agreement.pk}/"
    said = {name: value for name, value in AGREED.items() if name not in ("title", "lead", "members")}
    desk.sends(office, at, "/draft/", **said | {"field_owner": owner.get_username()})
    baseline = {"baseline_value": "0.4", "baseline_low": "0.3", "baseline_high": "0.5"}
    counted = baseline | {"baseline_on": clock.day(-60), "baseline_how": LINE["baseline"]["how"]}
    line = {name: value for name, value in LINE.items() if name != "baseline"} | counted
    told = line | {"measured_on": clock.day(30), "least_rows": 10, "cluster": ""}
    desk.sends(office, at, "/line/", **told)
    desk.sends(office, at, "/step/", 'button[value="offer"]', reason=WHY)
    for who in (manager, owner):
        desk.sends(who, at, "/sign/", 'button[value="yes"]', reason=WHY)
    expect(desk.opened(owner).locator('.notice[role="status"]')).to_be_visible()
    agreement.refresh_from_db()
    assert (agreement.state, agreement.version) == ("running", 1)


def _certified(desk: Desk, clock: Clock, agreement: Agreement) -> TrialCertificate:
    office, manager = person(Role.PROGRAMME_OFFICE), person(Role.PROGRAMME_MANAGER)
    records("street_alerts", clock.now + DAY, good=20, bad=0)
    clock.now += 32 * DAY
    desk.sends(office, f"/programme/agreements/{agreement.pk}/evidence/", "/measure/")
    kept = Measurement.objects.get()
    desk.sends(office, f"/programme/measurements/{kept.pk}/", "/certificate/", kind="performance")
    certificate = TrialCertificate.objects.get()
    at = f"/programme/certificates/{certificate.pk}/"
    desk.sends(manager, at, "/step/", 'button[value="issue"]', reason=WHY)
    expect(desk.opened(manager).locator('.notice[role="status"]')).to_be_visible()
    certificate.refresh_from_db()
    return certificate


def _anybody_checks(desk: Desk, certificate: TrialCertificate) -> None:
    anybody = desk.opened()
    anybody.goto("/verify/")
    anybody.fill("#id_number", certificate.number)
    anybody.fill("#id_code", certificate.code.lower())
    anybody.locator("main button.primary").click()
    expect(anybody.locator("#certified")).to_be_visible()
    expect(anybody.locator('.notice[role="status"]')).to_be_visible()


def _handed_over(desk: Desk, agreement: Agreement, proof: ProofRecord) -> HandOverMade:
    sheet = {
        "proof": proof.number, "operated_by": "재난상황팀장", "paid_by": "북구청 안전총괄과",
        "devices": "초음파 수위계", "season": "여름", "prevalence": "한 해 침수 3회", "cautions": "결빙",
    }  # fmt: skip
    desk.sends(
        person(Role.PROGRAMME_OFFICE), f"/programme/agreements/{agreement.pk}/hand-over/", "/hand-over/", **sheet
    )
    found: HandOverMade = HandOverMade.objects.get()
    return found


def _taken_over(there: Desk, package: Path, measured: Callable[[], None], answer: Path) -> Path:
    """Package by the office, proof by the evaluator, decision by the field owner, the word by the manager."""
    taken = there.sends("programme-office", "/programme/spread/", "/take/", package=package, region="yeongnam", **HERE)
    at = taken.url.removeprefix(there.url)
    there.sends("evaluator", at, "/lab/")
    proof = there.opened("evaluator").url.removeprefix(there.url)
    measured()
    there.sends("field-owner", proof, "/decide/", 'button[value="accept"]', reason="우리 자료에서도 입증됨")
    there.sends("programme-manager", at, "/answer/")
    _kept_from(there.opened("programme-office"), at, "/answer/file/", answer)
    anybody = there.opened()
    anybody.goto("/spread/")
    expect(anybody.locator("main article", has_text=ELSEWHERE)).to_have_count(1)
    assert there.faults == []
    return answer


def _kept_from(page: Any, at: str, ends: str, to: Path) -> None:
    page.goto(at)
    with page.expect_download() as waited:
        page.locator(f'main a[href$="{ends}"]').click()
    waited.value.save_as(to)
