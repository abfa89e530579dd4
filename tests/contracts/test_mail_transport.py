"""What every way of a mail out of the house promises; then what each one does when things go wrong."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from benchmarks.smtp_sink import SmtpSink, smtp_sink
from pandok.core.errors import RequestError
from pandok.engines.mail.address import open_mail, smtp_server
from pandok.engines.mail.folder import FolderMail
from pandok.engines.mail.smtp import SmtpMail, SmtpServer
from pandok.engines.mail.transport import (
    MailAttachment,
    MailMessage,
    MailNotSent,
    MailRefused,
    MailTransport,
    MailUncertain,
)

PICTURE = bytes(range(256)) * 8


def mail(key: str = "one", **changes: Any) -> MailMessage:
    values = {
        "message_id": f"<{key}@desk.example>",
        "sender": "desk@desk.example",
        "recipient": "holder@example.com",
        "subject": "통관보류 안내: 확인이 필요합니다",
        "date": datetime(2026, 3, 2, 1, 0, tzinfo=UTC),
        "text": "안녕하십니까.\n.점으로 시작하는 줄\n",
        "html": "<p>안녕하십니까.</p>",
        "attachments": (MailAttachment("사진 1.png", "image/png", PICTURE),),
    }
    return MailMessage(**{**values, **changes})


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with smtp_sink() as running:
        yield running


@pytest.fixture(params=["folder", "smtp"])
def transport(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[MailTransport, Callable[[], list[EmailMessage]]]:
    if request.param == "folder":
        return FolderMail(tmp_path / "mail"), lambda: [
            message_from_bytes(path.read_bytes(), policy=SMTP)  # type: ignore[arg-type,misc]
            for path in sorted((tmp_path / "mail").glob("*.eml"))
        ]
    sink: SmtpSink = request.getfixturevalue("sink")
    return SmtpMail(SmtpServer("127.0.0.1", sink.port, "none")), lambda: sink.mails


def test_a_mail_arrives_as_it_was_written(transport: Any) -> None:
    way, arrived = transport
    assert isinstance(way.send(mail()), str)
    (found,) = arrived()
    assert found["Message-ID"] == "<one@desk.example>"
    assert found["Subject"] == "통관보류 안내: 확인이 필요합니다"
    assert (found["From"], found["To"]) == ("desk@desk.example", "holder@example.com")
    assert found["Date"].datetime == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert found["Auto-Submitted"] == "auto-generated"
    assert found.get_body(("plain",)).get_content().splitlines() == ["안녕하십니까.", ".점으로 시작하는 줄"]
    assert found.get_body(("html",)).get_content().strip() == "<p>안녕하십니까.</p>"
    (attached,) = found.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == ("사진 1.png", "image/png")
    assert attached.get_content() == PICTURE


def test_several_mails_arrive(transport: Any) -> None:
    way, arrived = transport
    for number in range(3):
        way.send(mail(f"n{number}", html="", attachments=()))
    assert sorted(one["Message-ID"] for one in arrived()) == [f"<n{number}@desk.example>" for number in range(3)]


def test_what_was_never_handed_over_is_not_called_sent(transport: Any) -> None:
    way, _ = transport
    assert way.was_sent("<never@desk.example>") in (False, None)
    way.send(mail())
    assert way.was_sent("<one@desk.example>") in (True, None)


@pytest.mark.parametrize("field", ["subject", "recipient", "sender"])
def test_a_line_break_makes_no_header_of_its_own(transport: Any, field: str) -> None:
    way, arrived = transport
    with pytest.raises(ValueError, match=r"linefeed|newline|header"):
        way.send(mail(**{field: "a@example.com\r\nBcc: other@example.com"}))
    assert arrived() == []


def write_same_mail(folder: Path, times: int) -> None:
    for _ in range(times):
        FolderMail(folder).send(mail())


def test_a_folder_holds_one_file_a_message_id_whoever_writes(tmp_path: Path) -> None:
    processes = [multiprocessing.get_context("fork").Process(target=write_same_mail, args=(tmp_path, 20)) for _ in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [path.suffix for path in tmp_path.iterdir()] == [".eml"]
    assert FolderMail(tmp_path).was_sent("<one@desk.example>") is True
    assert FolderMail(tmp_path).was_sent("<two@desk.example>") is False


def test_the_first_mail_of_a_message_id_stays(tmp_path: Path) -> None:
    folder = FolderMail(tmp_path)
    folder.send(mail(text="first"))
    folder.send(mail(text="second"))
    assert b"second" not in folder.path("<one@desk.example>").read_bytes()


def test_a_folder_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file stands in the way")
    with pytest.raises(MailNotSent):
        FolderMail(tmp_path / "mail").send(mail())


@pytest.mark.parametrize(
    ("behaviour", "error", "taken"),
    [
        ("refuse_recipient", MailRefused, 0),
        ("busy", MailNotSent, 0),
        ("hang_up_before_answer", MailUncertain, 0),
        ("take_and_hang_up", MailUncertain, 1),
    ],
)
def test_a_server_that_goes_wrong(sink: SmtpSink, behaviour: Any, error: type[Exception], taken: int) -> None:
    sink.behaviour = behaviour
    way = SmtpMail(SmtpServer("127.0.0.1", sink.port, "none"))
    with pytest.raises(error):
        way.send(mail())
    assert len(sink.mails) == taken
    assert way.was_sent("<one@desk.example>") is None


def test_no_server_means_certainly_not_sent(sink: SmtpSink) -> None:
    port = sink.port
    sink.server_close()
    with pytest.raises(MailNotSent):
        SmtpMail(SmtpServer("127.0.0.1", port, "none"), timeout_s=2).send(mail())


def test_a_server_without_tls_gets_no_mail_where_tls_is_asked_for(sink: SmtpSink) -> None:
    with pytest.raises(MailNotSent):
        SmtpMail(SmtpServer("127.0.0.1", sink.port, "starttls", "user", "password")).send(mail())
    assert sink.mails == []


@pytest.mark.parametrize(
    ("address", "server"),
    [
        ("smtp://mail.example", SmtpServer("mail.example", 587, "starttls")),
        ("smtp://u%40x:p%3A1@mail.example:2525", SmtpServer("mail.example", 2525, "starttls", "u@x", "p:1")),
        ("smtps://mail.example", SmtpServer("mail.example", 465, "tls")),
        ("smtp://mail.example?tls=none", SmtpServer("mail.example", 25, "none")),
        ("smtp://u:p@127.0.0.1?tls=none", SmtpServer("127.0.0.1", 25, "none", "u", "p")),
    ],
)
def test_the_setting_names_a_server(address: str, server: SmtpServer) -> None:
    assert smtp_server(address) == server


@pytest.mark.parametrize(
    "address",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://m:x",
        "smtp://m?tls=maybe",
        "smtp://m?other=1",
        "smtp://u:p@mail.example?tls=none",
    ],
)
def test_a_setting_that_does_not_fit_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(RequestError) as refused:
        open_mail(address, tmp_path)
    assert refused.value.error_code == "request.setting"


def test_without_a_setting_mail_is_kept_as_files(tmp_path: Path) -> None:
    assert isinstance(open_mail("", tmp_path), FolderMail)
