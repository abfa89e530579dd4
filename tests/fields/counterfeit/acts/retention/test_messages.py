"""Texts of mails end with their term: in the row, in the folder of a site without a mail server, and their files."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from pandok.common.messages.deliveries import Attachment, queue_mail, send_to_another_address
from pandok.common.models import Delivery, DeliveryState
from pandok.core.errors import RequestError
from pandok.engines.mail.folder import FolderMail
from pandok.engines.mail.transport import MailMessage
from pandok.fields.counterfeit.acts.retention.holds import place_hold
from pandok.fields.counterfeit.models import ErasedFile
from tests.fields.counterfeit.acts.retention.test_retention import LATER, WHY, Store, store  # noqa: F401
from tests.fields.designs.fakes import NOON

pytestmark = pytest.mark.django_db
SAID = "귀사의 디자인과 가까운 물품"


def sent(store: Store, tmp_path: Path, *, key: str, attachment: str = "") -> tuple[Delivery, Path]:  # noqa: F811
    """A mail that went out at NOON as a file."""
    files = [Attachment(attachment, "notice.pdf", "application/pdf")] if attachment else []
    mail = queue_mail(
        recipient="ip@hanbit.example",
        subject="통지 도담상사",
        body_text=f"{SAID} {key}",
        key=key,
        actor=store.first,
        now=NOON,
        attachments=files,
    )
    folder = FolderMail(tmp_path / "mail")
    message = MailMessage(mail.message_id, "pandok@localhost", mail.recipient, mail.subject, NOON, mail.body_text)
    folder.send(message)
    Delivery.objects.filter(pk=mail.pk).update(state=DeliveryState.SENT, finished_at=NOON)
    return mail, folder.path(mail.message_id)


def test_text_file_and_attachment_of_a_mail_go_when_its_term_is_over(store: Store, tmp_path: Path) -> None:  # noqa: F811
    along = store.file()
    mail, file = sent(store, tmp_path, key="hello:1", attachment=along)
    assert store.due(NOON + timedelta(days=360)) == []
    assert set(store.due()) == {mail.body_sha256, along}
    done = store.carry_out(store.confirm(store.propose()))
    mail.refresh_from_db()
    assert (mail.body_text, mail.subject) == ("", "")
    assert mail.recipient == "ip@hanbit.example", "that something was sent to whom is still known"
    assert not file.exists()
    assert along not in store.blobs
    named = {one["sha256"]: one["outcome"] for one in done.certificate["files"]}
    assert named == {mail.body_sha256: "erased", along: "erased"}
    assert ErasedFile.objects.count() == 2
    assert store.due() == []


def test_a_mail_of_a_held_case_stays(store: Store, tmp_path: Path) -> None:  # noqa: F811
    case = store.world.case()
    mail, file = sent(store, tmp_path, key=f"case:{case.id}:notice")
    place_hold(case=case, actor=store.first, reason=WHY, now=NOON)
    assert store.due() == []
    assert file.exists()
    mail.refresh_from_db()
    assert SAID in mail.body_text


def test_a_mail_whose_text_is_gone_is_not_sent_again(store: Store, tmp_path: Path) -> None:  # noqa: F811
    mail, _ = sent(store, tmp_path, key="hello:2")
    store.carry_out(store.confirm(store.propose()))
    Delivery.objects.filter(pk=mail.pk).update(state=DeliveryState.FAILED)
    mail.refresh_from_db()
    with pytest.raises(RequestError) as refused:
        send_to_another_address(
            delivery=mail, recipient="x@hanbit.example", actor=store.first, reason="asked", now=LATER
        )
    assert refused.value.error_code == "request.mail_deleted"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="about the files of SQLite")
def test_no_byte_of_a_deleted_text_is_left_in_the_files_of_the_database(store: Store, tmp_path: Path) -> None:  # noqa: F811
    mail, _ = sent(store, tmp_path, key="unusual-words-of-this-mail")
    assert b"unusual-words-of-this-mail" in of_the_database(), "a file of the database is not looked at"
    Delivery.objects.filter(pk=mail.pk).update(key="hello:3")
    done = store.carry_out(store.confirm(store.propose()))
    assert done.certificate["files"][0]["outcome"] == "erased"
    left = of_the_database()
    assert SAID.encode() not in left
    assert "통지 도담상사".encode() not in left


def of_the_database() -> bytes:
    """Every byte of its file and of those beside it."""
    file = Path(str(connection.settings_dict["NAME"]))
    return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
