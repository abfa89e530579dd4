"""Requests that two servers in a row could end at different places are refused, before anything of them is done.

A request that says its length twice, by Content-Length and by Transfer-Encoding, may be read to its end by one and only
half by the next: what is left over would count as the next request, that of somebody else (request smuggling; RFC 9112,
6.1 and 11.2). waitress goes by Transfer-Encoding, as the standard allows; here nothing is guessed.
"""

from __future__ import annotations

import logging
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import BaseWSGIServer, create_server

from pandok.web.warm_threads import WarmFirst

_LENGTH, _CODING = b"content-length", b"transfer-encoding"


def why_refused(head: bytes) -> str | None:
    """What is wrong with the first line and headers of a request; None where its end is said once.

    >>> why_refused(b"POST / HTTP/1.1\\r\\nContent-Length: 3\\r\\nTransfer-Encoding: chunked")
    'Content-Length and Transfer-Encoding in one request'
    >>> why_refused(b"POST / HTTP/1.1\\r\\nContent-Length: 3") is None
    True
    """
    first, *lines = head.split(b"\r\n")
    # Some servers take Content_Length for Content-Length, and a line that goes on from the one before for its own.
    pairs = [(name.replace(b"_", b"-").strip().lower(), value) for name, _, value in (x.partition(b":") for x in lines)]
    lengths = sum(name == _LENGTH for name, _ in pairs)
    codings = [value.strip(b" \t").lower() for name, value in pairs if name == _CODING]
    if codings and lengths:
        return "Content-Length and Transfer-Encoding in one request"
    if lengths > 1:
        return "Content-Length more than once"
    if len(codings) > 1 or any(not coding or coding.count(b"chunked") > 1 for coding in codings):
        return "Transfer-Encoding more than once, or empty"
    if codings and not first.rstrip().endswith(b"HTTP/1.1"):
        return "Transfer-Encoding in a request that is not HTTP/1.1"
    return None


class _Parser(HTTPRequestParser):
    """A ParsingError is answered with 400, and the connection ends with all that was sent after it."""

    def parse_header(self, header_plus: bytes) -> None:
        fault = why_refused(header_plus)
        if fault is not None:
            raise ParsingError(fault)
        super().parse_header(header_plus)


class _Channel(HTTPChannel):
    parser_class = _Parser


def waitress_server(application: Any, *, threads: int, **adjustments: Any) -> Any:
    """As `waitress.create_server`, with connections read by this parser and warm threads first; `run()` serves.

    Raises OSError or ValueError where the address cannot be listened on."""
    logging.basicConfig()
    opened: dict[int, Any] = {}
    server = create_server(application, map=opened, _dispatcher=WarmFirst(threads), threads=threads, **adjustments)
    for one in opened.values():
        if isinstance(one, BaseWSGIServer):
            one.channel_class = _Channel
    return server
