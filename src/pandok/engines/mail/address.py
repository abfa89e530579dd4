"""The setting PANDOK_MAIL as a transport: empty is a folder, `smtp://user:password@host:port?tls=starttls` a server."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.core.wrong_setting import wrong_setting
from pandok.engines.mail.folder import FolderMail
from pandok.engines.mail.smtp import SmtpMail, SmtpServer
from pandok.engines.mail.transport import MailTransport

PORTS = {"starttls": 587, "tls": 465, "none": 25}


def open_mail(address: str, folder: Path) -> MailTransport:
    """The transport that the setting names. Raises RequestError for an address that does not fit."""
    return SmtpMail(smtp_server(address)) if address else FolderMail(folder)


def smtp_server(address: str) -> SmtpServer:
    """`smtps://` is TLS from the first byte; `smtp://` is STARTTLS unless `?tls=none` says otherwise."""
    try:
        url = urlsplit(address)
        port = url.port
    except ValueError as error:
        raise _wrong(str(error)) from error
    options = dict(parse_qsl(url.query))
    tls = options.pop("tls", "tls" if url.scheme == "smtps" else "starttls")
    if url.scheme not in ("smtp", "smtps") or not url.hostname or tls not in PORTS or options:
        raise _wrong("smtp://user:password@host:587?tls=starttls|tls|none")
    if url.password and tls == "none" and not _is_this_machine(url.hostname):
        raise _wrong("tls=none with a password")
    return SmtpServer(
        host=url.hostname,
        port=port or PORTS[tls],
        tls=tls,  # type: ignore[arg-type]  # one of PORTS
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
    )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _wrong(why: str) -> RequestError:
    return wrong_setting(
        Text(ko=f"설정 PANDOK_MAIL의 값이 맞지 않습니다: {why}.", en=f"The setting PANDOK_MAIL does not fit: {why}."),
        Text(
            ko="smtp://사용자:비밀번호@서버:587?tls=starttls 꼴로 쓰거나, 비워 두면 파일로 남깁니다.",
            en="Write smtp://user:password@server:587?tls=starttls, or leave it empty to keep mail as files.",
        ),
        setting="PANDOK_MAIL",
    )
