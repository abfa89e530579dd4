"""At the head of a party's page stands what it does next, with the way there, until it has done it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from pandok.common.models import Account
from pandok.fields.counterfeit.acts.answering.holder import answer_notice
from pandok.fields.counterfeit.acts.answering.importer import make_statement
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.outcomes import Answer
from tests.fields.counterfeit.notices_fixtures import NoticeWorld
from tests.fields.designs.fakes import NOON

SignIn = Callable[[Account], Client]


def head(client: Client, case: Case, template: str) -> tuple[str, str]:
    """Words of the head's next thing, and the form that it leads to, which must stand on the page."""
    page = client.get(f"/notices/{case.notices.get(template=template).id}/").content.decode()
    above, _, below = page.partition("</section>")
    said = re.search(r'<p class="next-thing"><b>([^<]+)</b>', above)
    assert said, "the head says nothing"
    target = re.search(r'class="button primary" href="#([\w-]+)"', above)
    if target:
        assert f'id="{target[1]}"' in below
    return said[1], target[1] if target else ""


def test_a_holder_reads_what_is_next_at_each_step(notices: NoticeWorld, client_of: SignIn) -> None:
    case, client = notices.notified(), client_of(notices.holder)
    assert head(client, case, "holder_notice") == ("Please look at the goods and answer.", "send-answer")
    answer_notice(case=case, answer=Answer.NOT_GENUINE, actor=notices.holder, reason="아님", now=NOON, nonce="n")
    said, target = head(client, case, "holder_notice")
    assert ("request it within the term" in said, target) == (True, "suspension")
    Case.objects.filter(pk=case.pk).update(state="closed", turn="nobody")
    said, target = head(client, case, "holder_notice")
    assert ("remedies" in said, target) == (True, "")


def test_an_importer_reads_what_is_next_at_each_step(notices: NoticeWorld, client_of: SignIn) -> None:
    case, client = notices.notified(), client_of(notices.importer)
    said, target = head(client, case, "importer_notice")
    assert ("state your view" in said, target) == (True, "send-statement")
    make_statement(case=case, text="정식 수입품", asks_release=False, actor=notices.importer, now=NOON, nonce="s")
    said, target = head(client, case, "importer_notice")
    assert ("Nothing for you now" in said, target) == (True, "")


@pytest.mark.parametrize("side", ["holder", "importer"])
def test_it_stands_there_in_korean(notices: NoticeWorld, client_of: SignIn, side: str) -> None:
    case, client = notices.notified(), client_of(getattr(notices, side))
    client.cookies["pandok_language"] = "ko"
    assert re.search("[가-힣]", head(client, case, f"{side}_notice")[0])
