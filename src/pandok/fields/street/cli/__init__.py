"""Commands of streetlights."""

from __future__ import annotations

import typer

from pandok.fields.street.cli import (
    alerts,
    boundaries,
    cap,
    commands,
    edge,
    energy,
    figures,
    poles,
    readings,
    registered_replays,
    replays,
)

app = typer.Typer(help="스마트 가로등 · Streetlights.", no_args_is_help=True)
app.command("alerts")(alerts.alerts)
app.command("boundaries")(boundaries.boundaries)
app.command("cap")(cap.cap)
app.command("energy")(energy.energy)
app.command("figures")(figures.figures)
app.command("records")(figures.records)
app.command("register")(poles.register)
app.command("reader-settings")(poles.reader_settings)
app.command("import")(readings.import_file)
app.command("replay")(replays.replay)
app.command("register-replay")(registered_replays.register_replay)
app.command("read-replay")(registered_replays.read_replay)
app.command("prove-replay")(registered_replays.prove_replay)
app.command("password")(poles.password)
app.command("broker-files")(poles.broker_files)
app.command("commands")(commands.commands)
app.command("ingest")(poles.ingest)
app.command("pole")(poles.pole)
app.command("edge")(edge.edge)


def mount(main: typer.Typer) -> None:
    main.add_typer(app, name="street")
