"""`pandok serve`: the pages and the API on one address."""

from __future__ import annotations

import typer


def serve(
    host: str = typer.Option("127.0.0.1", help="주소 · Address to listen on."),
    port: int = typer.Option(8000, min=1, max=65535, help="포트 · Port to listen on."),
) -> None:
    """화면과 API를 엽니다 · Serve the pages and the API."""
    from pandok.cli.terminal import start_django

    start_django()
    from pandok.web.serve import serve as serve_web

    serve_web(host, port)
