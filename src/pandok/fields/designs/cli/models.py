"""`pandok models`: the cards of the installed models, and export of other encoders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pandok.cli.terminal import console, error_console, language, print_json

app = typer.Typer(help="모델 카드 · Cards of the installed models.", no_args_is_help=True)


@app.command("list")
def list_models(as_json: bool = typer.Option(False, "--json", help="JSON으로 출력합니다 · Print JSON.")) -> None:
    """설치된 모델을 보입니다 · List the installed models; no model is loaded."""
    from pandok.engines.encoders.model_store import StoredModel, site_models
    from pandok.settings import settings

    found = site_models(settings().home).cards()
    models = [entry for entry in found if isinstance(entry, StoredModel)]
    if as_json:
        print_json([model.card.model_dump(mode="json") for model in models])
    else:
        from rich.table import Table

        table = Table("이름 name", "버전 version", "용도 task", "차원 dimensions", "MB", "사용허락 licence")
        for model in models:
            card = model.card
            megabytes = sum(file.bytes for file in card.files) / 1e6
            table.add_row(
                card.name, card.version, card.task, str(card.dimensions or "-"), f"{megabytes:.1f}", card.licence
            )
        console().print(table)
    for entry in found:
        if not isinstance(entry, StoredModel):
            error_console().print(entry.message(language()), style="yellow")


@app.command("show")
def show_model(
    name: str = typer.Argument(help="카드 이름 또는 card.json의 경로 · Name of a card, or path of a card.json."),
) -> None:
    """카드를 보이고 모든 파일의 sha256을 확인합니다 · Print one card and compare the sha256 of every file."""
    from pandok.engines.encoders.model_store import site_models
    from pandok.settings import settings

    model = site_models(settings().home).get(name)
    print_json(model.card.model_dump(mode="json"), indent=2)
    for file in model.card.files:
        model.verified(file.name)
        error_console().print(f"sha256 ok  {file.name}", style="green")


@app.command("export")
def export_model(
    timm_name: str = typer.Argument(help="timm 모델 이름 · Name of a timm model, e.g. vit_small_patch14_dinov2."),
    image_size_px: int = typer.Option(224, min=32, max=1024, help="입력 변의 길이 · Side of the input."),
    weights: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="받아 둔 가중치 파일(.safetensors, .pth) · Weights on disk, for a house without internet.",
        ),
    ] = None,
) -> None:
    """timm 모델을 ONNX와 카드로 내보냅니다 · Export a timm model as ONNX with a card (needs the training extra)."""
    from pandok.engines.encoders.constants import add_constants
    from pandok.engines.encoders.reader_files import shipped_model
    from pandok.engines.encoders.timm_export import export_timm
    from pandok.fields.designs.cli.strangers import drawn_strangers
    from pandok.settings import settings

    chosen = settings()
    model = export_timm(timm_name, chosen.home / "models", image_size_px=image_size_px, weights=weights)
    model = add_constants(model, shipped_model(chosen.home), drawn_strangers(), threads=chosen.threads)
    typer.echo(str(model.folder / "card.json"))
    error_console().print(f"PANDOK_ENCODER={model.card.name}")
