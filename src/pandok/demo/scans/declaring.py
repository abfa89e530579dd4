"""What was declared of a scene: goods as they are, but for what must not be there."""

from __future__ import annotations

from collections import Counter

import numpy as np

from pandok.demo.scans.scenes import Scene

ORIGINS = ("CN", "US", "JP", "DE", "VN", "TH", "NL", "CO", "TR")
_KRW_PER_KG = (8_000, 90_000)


_PREFIX = "XR"


def consignment_name(seed: int) -> str:
    return f"{_PREFIX}{seed:08d}"


def seed_of(consignment: str) -> int:
    return int(consignment.removeprefix(_PREFIX))


def declared(scene: Scene) -> dict[str, str | int]:
    """Goods, heading, quantity, mass in g, origin, value in won; the goods of the greatest mass come first. Threats are
    in no declaration, but in the mass where the sender weighed the whole."""
    random = np.random.default_rng([scene.recipe.seed, 2])
    goods = [item for item in scene.items if not item.threat]
    mass = sum(item.mass_g for item in scene.items if not item.threat or random.random() < 0.5) + scene.outer.mass_g
    by_kind: Counter[str] = Counter()
    for item in goods:
        by_kind[item.words.ko] += max(1, round(item.mass_g))
    most = [name for name, _ in by_kind.most_common(3)]
    more = len(by_kind) - len(most)
    heaviest = max(goods, key=lambda item: item.mass_g, default=None)
    whole = max(1, round(mass * float(random.uniform(0.97, 1.03))))
    return {
        "consignment": consignment_name(scene.recipe.seed),
        "goods": (", ".join(most) + (f" 외 {more}종" if more > 0 else "")) or "빈 용기",
        "hs_code": heaviest.hs_code if heaviest else "",
        "origin": str(random.choice(ORIGINS)),
        "quantity": str(len(goods)),
        "mass_g": whole,
        "value_krw": str(int(whole / 1000 * random.uniform(*_KRW_PER_KG)) // 100 * 100),
    }
