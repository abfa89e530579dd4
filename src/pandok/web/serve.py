"""Serve the desk with waitress: it buffers slow clients and caps what one may send, in pure Python."""

from __future__ import annotations

import errno
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from pandok.common.declared import declared, named
from pandok.common.jobs.lanes import Lane
from pandok.common.jobs.own_worker import WorkerBeside, lane_command
from pandok.core.errors import Unavailable
from pandok.core.text import Text
from pandok.engines.files.private_files import open_to_others
from pandok.settings import settings
from pandok.web.held_answers import MOST_HELD, WATCH
from pandok.web.proxies import Application, TrustedProxies, trusted_networks
from pandok.web.request_smuggling import waitress_server
from pandok.web.side_by_side import bound, side_by_side

_log = logging.getLogger("pandok.web")
SWITCH_S = 0.0005
"""So often a thread that computes lets another one go on. Who writes waits for that after each statement, and holds the
turn of all meanwhile: with Python's own five milliseconds a dozen statements took a dozen times that."""


def prepare() -> None:
    """Bring database and static files up to date; may be called again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pandok.web.django_settings")
    import django
    from django.core.management import call_command

    django.setup()
    from pandok.web.database_tables import bring_up_to_date

    bring_up_to_date()
    call_command("collectstatic", interactive=False, verbosity=0)
    found = open_to_others(Path(settings().home).resolve())
    if found:
        _log.warning(
            "%s may be read by other users of this machine; close it with: chmod -R go= %s",
            ", ".join(path.name for path in found),
            found[0],
        )


def _leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    """As Ctrl+C does: what was begun is ended in order, instead of being cut off with its process."""
    WATCH.closed = True
    raise SystemExit(0)


def behind_proxies(application: Application) -> TrustedProxies:
    """The application as it is served: clients as trusted proxies tell of them. Raises RequestError for the setting."""
    made = settings()
    trusted = trusted_networks(made.trusted_proxies, https=made.https)
    return TrustedProxies(application, trusted, hops=made.proxy_hops, https=made.https)


def serve(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Prepare, then serve until interrupted or told to end (SIGTERM), with workers beside: each finishes the job in
    hand before this returns. Raises Unavailable where host and port cannot be listened on."""
    signal.signal(signal.SIGTERM, _leave)
    prepare()
    from django.core.wsgi import get_wsgi_application
    from django.db import connections

    application = get_wsgi_application()
    if settings().servers == 1:
        server = _server(application, host, port, host=host, port=port)
        with _workers_beside():
            server.print_listen("Serving on http://{}:{}")
            _run(server)
        return
    try:
        sockets = bound(host, port)
    except OSError as error:
        raise _no_address(host, port, error) from error
    connections.close_all()  # no process goes on with what another one opened
    print(f"Serving on http://{host}:{port}", flush=True)
    side_by_side(
        settings().servers,
        lambda: _run(_server(application, host, port, sockets=sockets)),
        _workers_beside(),
    )


def _server(application: Any, named_host: str, named_port: int, **listened: Any) -> Any:
    """What answers in this process. Raises Unavailable."""
    from pandok.web.api import description

    description.make_beforehand()
    for field in declared():
        for beforehand in field.at_start:
            named(beforehand)()
    largest = max(named(field.largest_request)(settings()) for field in declared() if field.largest_request)
    try:
        return waitress_server(
            behind_proxies(application),
            clear_untrusted_proxy_headers=False,  # pandok.web.proxies does, by networks and hops
            threads=8 + MOST_HELD,
            # A rush of slow phones: each holds a connection while it sends, and costs next to nothing meanwhile.
            connection_limit=1000,
            asyncore_use_poll=True,  # select() ends at 1024 open files
            ident="pandok",
            # Room to tell in the form which photograph is too large, instead of cutting the connection; and for models.
            max_request_body_size=largest,
            # What may be a deposit stays in memory: the server's own buffer file would hold it in clear.
            inbuf_overflow=(settings().vault_upload_mb + 1) * 1_000_000,
            channel_timeout=120,
            **listened,
        )
    except (OSError, ValueError) as error:
        raise _no_address(named_host, named_port, error) from error


def _run(server: Any) -> None:
    sys.setswitchinterval(SWITCH_S)
    try:
        server.run()
    finally:
        WATCH.closed = True  # after Ctrl+C: what is held would keep the process


@contextmanager
def _workers_beside() -> Iterator[None]:
    with ExitStack() as beside:
        if settings().worker == "embedded":
            lanes = (Lane.SHORT, Lane.LONG, *[Lane.READING] * settings().threads)
            workers = [beside.enter_context(WorkerBeside(lane_command(lane))) for lane in lanes]
            for one in workers:
                beside.callback(one.ask_to_end)
        yield


def _no_address(host: str, port: int, error: Exception) -> Unavailable:
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        what = Text(ko=f"포트 {port}을(를) 다른 프로그램이 쓰고 있습니다.", en=f"Another program uses port {port}.")
    elif number == errno.EACCES:
        what = Text(ko=f"포트 {port}을(를) 열 권한이 없습니다.", en=f"This user may not open port {port}.")
    else:
        what = Text(ko=f"주소 {host}:{port}을(를) 열 수 없습니다.", en=f"{host}:{port} cannot be listened on.")
    return Unavailable(
        what,
        Text(
            ko="그 프로그램을 끝내거나 --port, --host로 다른 주소를 고르십시오.",
            en="End that program, or choose another address with --port and --host.",
        ),
        code="unavailable.address",
    )
