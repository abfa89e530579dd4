"""Pages of results: what each person sees, the picture, the report as PDF and JSON, and the release in two votes."""

from __future__ import annotations

import io
import json

import pytest
from django.test import Client
from pypdf import PdfReader

from pandok.core.canonical import digest
from pandok.core.lab.problem import Part
from pandok.fields.lab.models import Run
from pandok.fields.lab.states.run_states import RunState
from tests.fields.lab.web.result_samples import make_result
from tests.roles import Role
from tests.world import Site


@pytest.fixture
def run(site: Site) -> Run:  # noqa: ARG001
    return make_result()


def address(run: Run, end: str = "/") -> str:
    return f"/lab/results/{run.pk}{end}"


def vote(client: Client, run: Run, choice: str = "release") -> int:
    sent = {"vote": choice, "reason": "looked through the report"}
    return client.post(address(run, "/release/"), sent).status_code


def test_the_verdict_page_says_what_was_proven_with_picture_and_words(site: Site, run: Run) -> None:
    page = site.client(Role.EVALUATOR).get(address(run)).content.decode()
    assert run.comparison.verdict == "proven"
    assert ">입증</h1>" in page
    assert "등록한 기준을 모두 충족" in page
    assert 'role="img"' in page
    assert "<desc" in page
    assert "이 판정은 등록한 자료와 시험 환경에서 얻은 것이며" in page
    assert run.registration.sha256 in page
    assert page.count('aria-labelledby="section-') == 9


def test_the_page_is_whole_in_english(site: Site, run: Run) -> None:
    client = site.client(Role.EVALUATOR)
    client.cookies["pandok_language"] = "en"
    page = client.get(address(run)).content.decode()
    assert ">Proven</h1>" in page
    assert "6. Results with intervals" in page


def test_names_from_outside_are_escaped(site: Site, run: Run) -> None:
    type(run.submission).objects.filter(pk=run.submission_id).update(name="<script>x</script>")
    page = site.client(Role.EVALUATOR).get(address(run)).content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_two_votes_release_it_to_the_submitter(site: Site, run: Run) -> None:
    company = Client()
    company.force_login(run.submission.by)
    run.submission.by.groups.add(*site.account(Role.SUBMITTER).groups.all())
    assert company.get(address(run)).status_code == 404
    assert address(run) not in company.get("/lab/results/").content.decode()
    evaluator, checker = site.client(Role.EVALUATOR), site.client(Role.OUTPUT_CHECKER)
    assert evaluator.get(address(run, "/release/")).status_code == 200
    assert vote(evaluator, run) == 302
    assert company.get(address(run)).status_code == 404
    assert vote(evaluator, run) == 422
    assert vote(checker, run) == 302
    assert Run.objects.get(pk=run.pk).stands is RunState.RELEASED
    page = company.get(address(run))
    assert page.status_code == 200
    assert "looked through the report" not in page.content.decode()
    assert site.client(Role.SUBMITTER).get(address(run)).status_code == 404


def test_a_vote_without_reason_keeps_what_was_chosen(site: Site, run: Run) -> None:
    answer = site.client(Role.EVALUATOR).post(address(run, "/release/"), {"vote": "hold", "reason": "x"})
    assert answer.status_code == 422
    assert 'value="hold"' in answer.content.decode()
    assert "checked" in answer.content.decode()


def test_feedback_shows_one_number_and_no_report(site: Site) -> None:
    run = make_result(Part.FEEDBACK)
    client = site.client(Role.AUDITOR)
    page = client.get(address(run)).content.decode()
    assert "0.800" in page
    assert "1 / " in page
    assert "<svg" not in page
    assert client.get(address(run, ".pdf")).status_code == 404
    assert client.get(address(run, ".json")).status_code == 404


def test_the_json_carries_report_and_comparison_with_their_hashes(site: Site, run: Run) -> None:
    answer = site.client(Role.AUDITOR).get(address(run, ".json"))
    content = json.loads(answer.content)
    assert digest(content["comparison"]) == content["comparison_sha256"]
    assert digest(content["report"]) == content["report_sha256"]
    assert "000" not in [row.get("case_id") for row in content["comparison"]["sites"]]


@pytest.mark.parametrize(("language", "words"), [("ko", "9. 재현"), ("en", "9. Reproducibility")])
def test_the_pdf_has_all_sections_in_the_language(site: Site, run: Run, language: str, words: str) -> None:
    client = site.client(Role.AUDITOR)
    client.cookies["pandok_language"] = language
    answer = client.get(address(run, ".pdf"))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert words in text
    assert answer.content == client.get(address(run, ".pdf")).content


def test_a_result_that_waits_is_listed_for_who_votes(site: Site, run: Run) -> None:
    page = site.client(Role.OUTPUT_CHECKER).get("/lab/results/").content.decode()
    assert address(run, "/release/") in page
    other = site.client(Role.LAB_OPERATOR).get("/lab/results/").content.decode()
    assert address(run) in other
    assert address(run, "/release/") not in other
