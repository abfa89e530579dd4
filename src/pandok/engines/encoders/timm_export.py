"""Export any timm encoder as ONNX with a card, so that one setting (PANDOK_ENCODER) switches it in.

Needs the `training` extra (torch, timm); running the exported model does not.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from pandok.core.errors import RequestError, Unavailable
from pandok.core.model_card import ModelCard, ModelFile, ModelInput, Preprocessing, safe_card_name
from pandok.core.text import Text
from pandok.engines.encoders.model_store import StoredModel, sha256_of, write_card

_OPSET = 17
ENCODER_SIDE_PX = 224
_INTERPOLATIONS: dict[str, str] = {"bicubic": "bicubic", "bilinear": "bilinear", "lanczos": "lanczos"}


def export_timm(
    timm_name: str, models: Path, *, image_size_px: int = ENCODER_SIDE_PX, weights: Path | None = None
) -> StoredModel:
    """Write `<models>/<name>/{model.onnx,card.json}`. Output `descriptor`: (N, dimensions) float32, unit length.

    `image_size_px`: side of the input; the reader gives squares of 224 pixels, and another size is made from those.
    `weights` is a checkpoint of this model on disk (.safetensors, .pth), for a house without internet; else timm
    fetches its own. Raises Unavailable where torch or timm is missing or the weights cannot be fetched, RequestError
    for a name that timm does not know, and for a size or weights that do not fit.
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
    backbone = _backbone(timm, timm_name, image_size_px, weights).eval()
    config = timm.data.resolve_model_data_config(backbone)
    folder = models / safe_card_name(timm_name)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    unit = _unit_length(torch, backbone)
    example = torch.zeros(1, 3, image_size_px, image_size_px)
    with torch.no_grad():
        dimensions = _dimensions(unit, example, timm_name)
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
        input=ModelInput(size_px=(image_size_px, image_size_px)),
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
        origin_of_weights=f"timm {timm_name} ({_origin(backbone, weights)})",
        training_data="As stated by the origin of the weights; nothing was trained by Pandok.",
        notes="Not measured here: run `pandok designs evaluate` before use; thresholds need calibration of their own.",
    )
    write_card(folder, card)
    return StoredModel(card, folder)


def _dimensions(unit: Any, example: Any, timm_name: str) -> int:
    try:
        return int(unit(example).shape[1])
    except (AssertionError, RuntimeError) as error:
        side = example.shape[-1]
        raise RequestError(
            Text(ko=f"{timm_name}은(는) {side}화소 입력을 받지 않습니다.", en=f"{timm_name} takes no {side} pixels."),
            Text(ko="--image-size-px로 다른 크기를 지정하십시오.", en="Name another size by --image-size-px."),
            code="request.timm_size",
        ) from error


def _backbone(timm: Any, timm_name: str, image_size_px: int, weights: Path | None) -> Any:
    arguments: dict[str, Any] = {"num_classes": 0, "pretrained": True}
    if weights is not None:
        # As one's own release of the weights: timm then leaves out the classifier and fits the positions.
        arguments["pretrained_cfg_overlay"] = {"file": str(weights)}
    complaints = _Complaints()
    try:
        with complaints:
            try:
                backbone = timm.create_model(timm_name, img_size=image_size_px, **arguments)
            except TypeError:  # networks of convolutions take every size and know no such argument
                backbone = timm.create_model(timm_name, **arguments)
    except (RuntimeError, KeyError) as error:
        raise _unfit(timm_name) from error
    except OSError as error:
        raise Unavailable(
            Text(ko=f"{timm_name}의 가중치를 받지 못했습니다.", en=f"The weights of {timm_name} could not be fetched."),
            Text(
                ko="인터넷에 연결된 곳에서 내보내거나, 받아 둔 가중치를 --weights로 지정하십시오.",
                en="Export where the internet can be reached, or name weights that you have by --weights.",
            ),
            code="unavailable.weights",
        ) from error
    if complaints.missing:
        raise _unfit(timm_name)
    return backbone


class _Complaints(logging.Handler):
    """timm only mentions in its log that weights are missing, and leaves them random."""

    missing = False

    def __enter__(self) -> None:
        log = logging.getLogger("timm")
        self._level = log.level
        log.setLevel(logging.INFO)
        log.addHandler(self)

    def __exit__(self, *_: object) -> None:
        log = logging.getLogger("timm")
        log.removeHandler(self)
        log.setLevel(self._level)

    def emit(self, record: logging.LogRecord) -> None:
        self.missing |= record.getMessage().startswith("Missing keys")


def _unfit(timm_name: str) -> RequestError:
    return RequestError(
        Text(ko=f"{timm_name}에 맞지 않는 가중치입니다.", en=f"These weights do not fit {timm_name}."),
        Text(ko="모델 이름과 가중치 파일을 확인하십시오.", en="Check the name of the model and the file."),
        code="request.timm_weights",
    )


def _origin(backbone: Any, weights: Path | None) -> str:
    if weights is not None:
        return f"file {weights.name}, sha256 {sha256_of(weights)}"
    return str(backbone.pretrained_cfg.get("hf_hub_id") or "timm release")


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
    class UnitLength(torch.nn.Module):  # type: ignore[misc]  # of an extra
        def __init__(self) -> None:
            super().__init__()
            self.backbone = backbone

        def forward(self, pixels: Any) -> Any:
            return torch.nn.functional.normalize(self.backbone(pixels), dim=1)

    return UnitLength()
