"""Mail through an SMTP server. It cannot be asked what it has taken, so `was_sent` never knows.

Up to the end of the recipient's line nothing has been sent; from the first byte of the mail until the server's answer
nobody knows; the answer decides.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from typing import Literal

from pandok.core.errors import PandokError
from pandok.engines.mail.transport import MailMessage, not_sent, refused, uncertain

TIMEOUT_S = 20.0
TAKEN = 250


@dataclass(frozen=True, slots=True)
class SmtpServer:
    host: str
    port: int
    tls: Literal["starttls", "tls", "none"]
    user: str = ""
    password: str = ""


class SmtpMail:
    delivers: bool = True

    def __init__(self, server: SmtpServer, *, context: ssl.SSLContext | None = None, timeout_s: float = TIMEOUT_S):
        self._server = server
        self._context = context or ssl.create_default_context()
        self._timeout_s = timeout_s

    def send(self, message: MailMessage) -> str:
        data = message.as_bytes()
        try:
            connection = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise not_sent(f"{self._server.host}:{self._server.port}: {error}") from error
        try:
            return self._hand_over(connection, message, data)
        finally:
            connection.close()

    def was_sent(self, message_id: str) -> bool | None:
        del message_id
        return None

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.tls == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout_s, context=self._context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=self._timeout_s)
        try:
            if server.tls == "starttls":
                connection.starttls(context=self._context)
            connection.ehlo_or_helo_if_needed()
            if server.user:
                connection.login(server.user, server.password)
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
        return connection

    def _hand_over(self, connection: smtplib.SMTP, message: MailMessage, data: bytes) -> str:
        try:
            for code, answer in (connection.mail(message.sender), connection.rcpt(message.recipient)):
                if code not in (250, 251):
                    raise _said_no(code, answer)
        except (OSError, smtplib.SMTPException) as error:
            raise not_sent(str(error)) from error
        try:
            code, answer = connection.data(data)
        except smtplib.SMTPDataError as error:  # the server wants no mail now: none of it has left
            raise _said_no(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            raise uncertain(str(error)) from error
        if code != TAKEN:
            raise _said_no(code, answer)
        return _words(answer)


def _said_no(code: int, answer: bytes | str) -> PandokError:
    """4xx: not now. 5xx: never."""
    why = f"{code} {_words(answer)}"
    return refused(why) if code >= 500 else not_sent(why)


def _words(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(text.replace("\0", "").split())[:300]
