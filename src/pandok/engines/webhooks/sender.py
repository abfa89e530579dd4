"""One call of a webhook: a signed POST to a checked address, no redirect followed, ten seconds in all.

Promise: delivered at least once. The receiver knows a message that comes twice by its `Pandok-Delivery`.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from contextlib import suppress
from datetime import datetime

from pandok.core.webhook_signature import HEADER, sign
from pandok.engines.webhooks.target import (
    Resolve,
    Target,
    allowed_origins,
    check_target,
    not_delivered,
    refused,
    resolve,
)

__all__ = ["WebhookSender", "allowed_origins"]

TIMEOUT_S = 10.0
GONE = 410


class WebhookSender:
    """`allowed`: origins that may be private or without TLS. One sender may serve many threads."""

    def __init__(
        self,
        allowed: frozenset[str] = frozenset(),
        *,
        context: ssl.SSLContext | None = None,
        timeout_s: float = TIMEOUT_S,
        resolve: Resolve = resolve,
    ):
        self._allowed = allowed
        self._context = context or ssl.create_default_context()
        self._timeout_s = timeout_s
        self._resolve = resolve

    def check(self, url: str) -> None:
        """Refuse an address before anything is kept for it. Raises WebhookRefused, WebhookNotDelivered."""
        check_target(url, self._allowed, self._resolve)

    def send(self, url: str, body: bytes, secret: str, key: str, *, now: datetime) -> int:
        """Post the body; returns the status, which is a 2xx. Raises WebhookRefused (an address that is not called, or
        one that says 410 Gone) or WebhookNotDelivered (everything else)."""
        target = check_target(url, self._allowed, self._resolve)
        headers = {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "User-Agent": "Pandok",
            "Pandok-Delivery": key,
            HEADER: sign(secret, body, now),
        }
        try:
            status = self._post(target, body, headers)
        except (OSError, http.client.HTTPException) as error:
            raise not_delivered(f"{target.host}: {str(error) or type(error).__name__}") from error
        if status == GONE:
            raise refused(f"{target.host}: {status}")
        if not 200 <= status < 300:
            raise not_delivered(f"{target.host}: {status}")
        return status

    def _post(self, target: Target, body: bytes, headers: dict[str, str]) -> int:
        connection = http.client.HTTPConnection(target.host, target.port, timeout=self._timeout_s)
        connection.sock = self._connect(target)
        # A server that drips one byte at a time never meets the socket's own limit; this one it does.
        deadline = threading.Timer(self._timeout_s, _hang_up, [connection.sock])
        deadline.daemon = True
        deadline.start()
        try:
            connection.request("POST", target.path, body, headers)
            return connection.getresponse().status
        finally:
            deadline.cancel()
            connection.close()

    def _connect(self, target: Target) -> socket.socket:
        failure: OSError = OSError("no address")
        for address in target.addresses[:2]:
            try:
                plain = socket.create_connection((address, target.port), timeout=self._timeout_s / 2)
            except OSError as error:
                failure = error
                continue
            plain.settimeout(self._timeout_s)
            if target.scheme == "http":
                return plain
            try:
                return self._context.wrap_socket(plain, server_hostname=target.host)
            except OSError:
                plain.close()
                raise
        raise failure


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
