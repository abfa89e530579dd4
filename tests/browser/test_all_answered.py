"""What a browser asked for is answered before the tables of its test are emptied, whoever opened the page."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from socketserver import StreamRequestHandler

import pytest

from tests.browser.all_answered import wait_until_answered


class Server:
    """Keeps each request back until it may go on; `told`: what happened, in order."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.begun, self.may_go_on = threading.Event(), threading.Event()
        server = self

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                if self.rfile.readline():
                    server.begun.set()
                    server.may_go_on.wait()
                    server.told.append("written down")

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)  # type: ignore[arg-type]  # needs no HTTP
        self.address = ("127.0.0.1", int(self.http.server_address[1]))
        self.accepting = threading.Thread(target=self.http.serve_forever)

    def ask(self) -> None:
        """A browser sends a request and hangs up."""
        with socket.create_connection(self.address) as one:
            one.sendall(b"GET /pictures/\r\n")

    def wait(self) -> threading.Thread:
        def waits() -> None:
            wait_until_answered(self.address)
            self.told.append("tables emptied")

        thread = threading.Thread(target=waits)
        thread.start()
        thread.join(0.3)
        return thread


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.may_go_on.set()
    made.http.shutdown()
    made.accepting.join()
    made.http.server_close()


def test_a_request_in_work_is_waited_for(server: Server) -> None:
    server.accepting.start()
    server.ask()
    server.begun.wait()
    waiting = server.wait()
    server.may_go_on.set()
    waiting.join()
    assert server.told == ["written down", "tables emptied"]


def test_a_request_that_nobody_has_taken_yet_is_waited_for(server: Server) -> None:
    server.ask()
    waiting = server.wait()
    server.may_go_on.set()
    server.accepting.start()
    waiting.join()
    assert server.told == ["written down", "tables emptied"]


def test_what_never_ends_is_told_of(server: Server) -> None:
    server.accepting.start()
    server.ask()
    server.begun.wait()
    with pytest.raises(AssertionError, match="still answers"):
        wait_until_answered(server.address, most_s=0.2)


@pytest.mark.browser
@pytest.mark.usefixtures("live_server")
def test_a_page_that_a_test_opened_itself_is_waited_for_too(request: pytest.FixtureRequest) -> None:
    assert "answered_before_emptied" in request.fixturenames
