"""Export any timm encoder as ONNX with a card, so that one setting (PANDOK_ENCODER) switches it in.

Needs the `training` extra (torch, timm); running the exported model does not.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pandok.core.errors import RequestError, Unavailable
from pandok.core.model_card import ModelCard, ModelFile, ModelInput, Preprocessing, safe_card_name
from pandok.core.text import Text
from pandok.engines.model_store import StoredModel, sha256_of, write_card

_OPSET = 17
_INTERPOLATIONS: dict[str, str] = {"bicubic": "bicubic", "bilinear": "bilinear", "lanczos": "lanczos"}


def export_timm(timm_name: str, models: Path, *, image_size_px: int | None = None) -> StoredModel:
    """Write `<models>/<name>/{model.onnx,card.json}`. Output `descriptor`: (N, dimensions) float32, unit length.

    Raises Unavailable where torch or timm is missing or the weights cannot be fetched, RequestError for a name that
    timm does not know.
    """
    torch, timm = _training_parts()
    if not timm.is_model(timm_name.split(".")[0]):
        close = timm.list_models(f"*{timm_name.split('.')[0].split('_')[0]}*", pretrained=True)[:5]
        raise RequestError(
            Text(ko=f"timm에 {timm_name} 모델이 없습니다.", en=f"timm has no model {timm_name}."),
            Text(
                ko=f"이름을 확인하십시오. 비슷한 이름: {', '.join(close) or '-'}.",
                en=f"Check the name. Close names: {', '.join(close) or '-'}.",
            ),
            code="request.timm_name",
        )
    arguments: dict[str, Any] = {"pretrained": True, "num_classes": 0}
    if image_size_px:
        arguments["img_size"] = image_size_px
    try:
        backbone = timm.create_model(timm_name, **arguments).eval()
    except OSError as error:
        raise Unavailable(
            Text(ko=f"{timm_name}의 가중치를 받지 못했습니다.", en=f"The weights of {timm_name} could not be fetched."),
            Text(
                ko="인터넷에 연결된 곳에서 내보낸 뒤 폴더를 옮기십시오.",
                en="Export where the internet can be reached, then copy the folder here.",
            ),
            code="unavailable.weights",
        ) from error
    config = timm.data.resolve_model_data_config(backbone)
    height, width = int(config["input_size"][1]), int(config["input_size"][2])
    folder = models / safe_card_name(timm_name)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    unit = _unit_length(torch, backbone)
    example = torch.zeros(1, 3, height, width)
    with torch.no_grad():
        dimensions = int(unit(example).shape[1])
        torch.onnx.export(
            unit,
            (example,),
            str(path),
            input_names=["pixels"],
            output_names=["descriptor"],
            dynamic_axes={"pixels": {0: "n"}, "descriptor": {0: "n"}},
            opset_version=_OPSET,
            dynamo=False,
        )
    card = ModelCard(
        name=folder.name,
        version=str(getattr(timm, "__version__", "1")),
        task="design-encoder",
        files=(ModelFile(name=path.name, sha256=sha256_of(path), bytes=path.stat().st_size),),
        input=ModelInput(size_px=(height, width)),
        preprocessing=Preprocessing.model_validate(
            {
                "fit": "pad",
                "interpolation": _INTERPOLATIONS.get(str(config.get("interpolation")), "bilinear"),
                "mean": tuple(config["mean"]),
                "standard_deviation": tuple(config["std"]),
            }
        ),
        dimensions=dimensions,
        licence=str(backbone.pretrained_cfg.get("license") or "see the origin of the weights"),
        origin_of_weights=f"timm {timm_name} ({backbone.pretrained_cfg.get('hf_hub_id') or 'timm release'})",
        training_data="As stated by the origin of the weights; nothing was trained by Pandok.",
        notes="Not measured here: run `pandok designs evaluate` before use; thresholds need calibration of their own.",
    )
    write_card(folder, card)
    return StoredModel(card, folder)


def _training_parts() -> tuple[Any, Any]:
    try:
        import timm
        import torch
    except ModuleNotFoundError as error:
        raise Unavailable(
            Text(
                ko=f"모델 내보내기에 필요한 {error.name}이(가) 설치되어 있지 않습니다.",
                en=f"{error.name}, which export needs, is not installed.",
            ),
            Text(
                ko="`pip install 'pandok[training]'`을 실행한 뒤 다시 하십시오. 읽기에는 필요하지 않습니다.",
                en="Run `pip install 'pandok[training]'` and try again. Reading does not need it.",
            ),
            code="unavailable.training",
            part=error.name,
        ) from error
    return torch, timm


def _unit_length(torch: Any, backbone: Any) -> Any:
    class UnitLength(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.backbone = backbone

        def forward(self, pixels: Any) -> Any:
            return torch.nn.functional.normalize(self.backbone(pixels), dim=1)

    return UnitLength()
