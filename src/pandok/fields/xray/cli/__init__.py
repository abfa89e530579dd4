"""Commands of X-ray."""

from __future__ import annotations

import typer

from pandok.fields.xray.cli import (
    bring,
    check,
    compare,
    container,
    convert,
    empties,
    index,
    inspect,
    machine,
    retention,
    similar,
)

app = typer.Typer(help="X-ray 파일 · X-ray files.", no_args_is_help=True)
app.command("inspect")(inspect.inspect)
app.command("check")(check.check)
app.command("convert")(convert.convert)
app.command("import")(bring.bring)
app.command("similar")(similar.similar)
app.command("index")(index.index)
app.command("container")(container.container)
app.command("empties")(empties.empties)
app.add_typer(retention.app, name="retention")
app.add_typer(machine.app, name="machine")
app.command("compare")(compare.compare)
app.command("recall")(empties.recall)


def mount(main: typer.Typer) -> None:
    main.add_typer(app, name="xray")
