"""Noise that the joined image lacks.

A bag's pixel scatters by T_bag · s²; darkened to T_out, with share r = T_out / T_bag, that scatter has become
r² · T_bag · s² = r · T_out · s², where a scan would show T_out · s². Missing are T_out · (1 − r) · s², and of the
electronics (1 − r²) of their floor. Neighbours go together as much as the bag's own noise does.
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from pandok.readers.xray.physics.noise import Noise
from pandok.readers.xray.projection.views import Plane


def with_missing_noise(joined: Plane, share: Plane, noise: Noise, random: np.random.Generator) -> Plane:
    """`joined`: T_out; `share`: T_out / T_bag, 1 where nothing was put."""
    missing = np.maximum(joined, 0) * np.maximum(1 - share, 0) * noise.air_share**2
    missing += np.maximum(1 - share**2, 0) * noise.floor**2
    if not missing.any():
        return joined
    white = random.standard_normal(joined.shape, dtype=np.float32)
    # A Gaussian of σ makes 4πσ² pixels scatter as one.
    sigma = math.sqrt(max(noise.alike_px - 1, 0) / (4 * math.pi))
    if sigma > 0.2:
        white = np.asarray(cv2.GaussianBlur(white, (0, 0), sigma, borderType=cv2.BORDER_REFLECT), np.float32)
        white /= max(float(white.std()), 1e-6)
    return np.asarray(joined + white * np.sqrt(missing), np.float32)
