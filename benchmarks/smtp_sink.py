"""A small SMTP server that takes mail and remembers it; it can be told to refuse, or to hang up at a bad moment."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Literal

Behaviour = Literal["take", "refuse_recipient", "busy", "hang_up_before_answer", "take_and_hang_up"]


class SmtpSink(socketserver.ThreadingTCPServer):
    """`mails` holds what was taken. `behaviour` may be changed between mails."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.behaviour: Behaviour = "take"
        self.mails: list[EmailMessage] = []
        self.envelopes: list[tuple[str, str]] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def message_ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]

    def take(self, sender: str, recipient: str, data: bytes) -> None:
        self.mails.append(message_from_bytes(data, policy=SMTP))
        self.envelopes.append((sender, recipient))


@contextmanager
def smtp_sink() -> Iterator[SmtpSink]:
    with SmtpSink() as sink:
        thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
            thread.join()


class _Conversation(socketserver.StreamRequestHandler):
    server: SmtpSink

    def handle(self) -> None:
        with suppress(ConnectionError):  # whoever sends may be killed at any moment
            self._converse()

    def _converse(self) -> None:
        sender = recipient = ""
        self._say("220 sink")
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "MAIL":
                sender = _address(line)
            if verb == "RCPT":
                recipient = _address(line)
                if self.server.behaviour == "refuse_recipient":
                    self._say("550 no such person")
                    continue
                if self.server.behaviour == "busy":
                    self._say("451 try later")
                    continue
            if verb == "DATA":
                if not self._data(sender, recipient):
                    return
                continue
            self._say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    def _data(self, sender: str, recipient: str) -> bool:
        """False where the connection is cut."""
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line[1:] if line.startswith(b"..") else line)
        if self.server.behaviour == "hang_up_before_answer":
            return False
        self.server.take(sender, recipient, b"".join(lines))
        if self.server.behaviour == "take_and_hang_up":
            return False
        self._say(f"250 queued as {len(self.server.mails)}")
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]
