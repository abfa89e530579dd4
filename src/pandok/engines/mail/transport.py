"""The way of a mail out of the house: what is handed over, and what a transport promises.

Promise of `send`: it returns when the next hop has taken the mail, and raises MailNotSent when it certainly has not
(try again later), MailRefused when it never will, MailUncertain when the answer was lost. `was_sent` says whether a
mail with this Message-ID has been taken, or None where this transport cannot know. A transport that can know may be
handed the same Message-ID twice and sends one mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import ClassVar, Protocol

from pandok.core.errors import InputError, Unavailable
from pandok.core.text import Text


class MailNotSent(Unavailable):
    code: ClassVar[str] = "unavailable.mail"


class MailRefused(InputError):
    code: ClassVar[str] = "input.mail_refused"


class MailUncertain(Unavailable):
    code: ClassVar[str] = "unavailable.mail_answer"


@dataclass(frozen=True, slots=True)
class MailAttachment:
    filename: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class MailMessage:
    """One mail to one recipient. Addresses are ASCII: `local@domain`."""

    message_id: str
    sender: str
    recipient: str
    subject: str
    date: datetime
    text: str
    html: str = ""
    attachments: tuple[MailAttachment, ...] = ()

    def as_bytes(self) -> bytes:
        """The mail as it goes over the wire. Raises ValueError for a line break in a header."""
        message = EmailMessage(policy=SMTP)
        message["Message-ID"] = self.message_id
        message["Date"] = self.date
        message["From"] = self.sender
        message["To"] = self.recipient
        message["Subject"] = self.subject
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text)
        if self.html:
            message.add_alternative(self.html, subtype="html")
        for one in self.attachments:
            kind, _, subtype = one.media_type.partition("/")
            message.add_attachment(
                one.data, maintype=kind, subtype=subtype or "octet-stream", filename=one.filename, cte="base64"
            )
        return message.as_bytes()


class MailTransport(Protocol):
    delivers: bool
    """Whether a mail that was taken is on its way to its recipient; False: it is only kept here."""

    def send(self, message: MailMessage) -> str:
        """Hand the mail over; returns what the next hop calls it, or ""."""
        ...

    def was_sent(self, message_id: str) -> bool | None: ...


def not_sent(why: str) -> MailNotSent:
    return MailNotSent(
        Text(ko=f"메일을 보내지 못했습니다({why}).", en=f"The mail could not be sent ({why})."),
        Text(ko="잠시 뒤 자동으로 다시 보냅니다.", en="It is tried again by itself."),
    )


def refused(why: str) -> MailRefused:
    return MailRefused(
        Text(ko=f"메일 서버가 메일을 거절했습니다({why}).", en=f"The mail server refused the mail ({why})."),
        Text(ko="받는 사람의 주소를 확인하십시오.", en="Check the address of the recipient."),
    )


def uncertain(why: str) -> MailUncertain:
    return MailUncertain(
        Text(
            ko=f"메일 서버의 답을 받지 못해 보냈는지 알 수 없습니다({why}).",
            en=f"The mail server's answer was lost; the mail may have been sent ({why}).",
        ),
        Text(
            ko="받는 사람에게 확인하고 보냈는지 표시하십시오.",
            en="Ask the recipient, then mark the mail as sent or send it again.",
        ),
    )
