"""Question: are millimetres inside closed meshes right in every pose, and how long do they take beside a ray caster?

    python -m benchmarks.xray_paths --out benchmarks/results/xray_paths.json

Convex solids in 1,000 random poses against exact clipping of each ray by every face; hollow and bent ones against
trimesh with Embree in double precision of the hit place (only rays whose hits balance: Embree misses some on edges).
Time: a sphere of 20,000 faces on 1,000 × 800 rays, processor seconds of one thread; Embree's share includes what
trimesh does with hits.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from benchmarks.machine import write_result
from pandok.readers.xray.solids.mesh import Mesh, rotation
from pandok.readers.xray.solids.paths import LineScanner, path_lengths_mm
from pandok.readers.xray.solids.shapes import bottle, sphere, torus, tube
from tests.readers.xray.solids.test_paths import SOLIDS, convex_lengths, pose, rays

SEED = 20


def embree(mesh: Mesh, scanner: LineScanner) -> tuple[np.ndarray, np.ndarray]:
    """Lengths of all rays, and which of them are in balance."""
    import trimesh

    origin, direction = rays(scanner)
    far = np.linalg.norm(direction, axis=1)
    shape = trimesh.Trimesh(mesh.vertices, mesh.faces, process=False)
    faces, ray, place = shape.ray.intersects_id(
        origin, direction / far[:, None], multiple_hits=True, return_locations=True
    )
    outward = np.sign(np.einsum("ij,ij->i", shape.face_normals[faces], direction[ray]))
    lengths = np.bincount(ray, outward * np.linalg.norm(place - origin[ray], axis=1), minlength=len(far))
    return lengths, np.bincount(ray, outward, minlength=len(far)) == 0


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    random = np.random.default_rng(SEED)
    scanner = LineScanner(rows=48, columns=40, pitch_x=2.0, pitch_y=2.2, source_y=9.0, first_x=-40.0, first_y=-55.0)
    worst = []
    for number in range(1000):
        mesh = pose(SOLIDS[number % len(SOLIDS)], random)
        worst.append(float(np.abs(path_lengths_mm(mesh, scanner) - convex_lengths(mesh, scanner)).max()))
    done: dict[str, Any] = {"poses": 1000, "worst_mm_against_clipping": max(worst)}
    off, unbalanced, count = [], 0, 0
    for mesh in [pose(one, random) for one in (tube(25, 20, 30), torus(24, 6), bottle(16, 60, 6)) for _ in range(20)]:
        theirs, whole = embree(mesh, scanner)
        off.append(np.abs(path_lengths_mm(mesh, scanner).ravel() - theirs)[whole])
        unbalanced, count = unbalanced + int((~whole).sum()), count + len(whole)
    every = np.concatenate(off)
    done["embree"] = {
        "rays": count,
        "out_of_balance": unbalanced,
        "p99_mm": float(np.quantile(every, 0.99)),
        "p99.9_mm": float(np.quantile(every, 0.999)),
        "worst_mm": float(every.max()),
        "more_than_1e-6_mm": int((every > 1e-6).sum()),
    }
    large = LineScanner(rows=800, columns=1000, pitch_x=1.0, pitch_y=1.0, first_x=-500.0, first_y=-400.0)
    ball = sphere(200, sides=200).turned(rotation(20, 30, 40)).moved((0, 0, 250))
    path_lengths_mm(ball, large)
    begun = process_time()
    path_lengths_mm(ball, large)
    ours = process_time() - begun
    begun = process_time()
    embree(ball, large)
    done["time"] = {
        "faces": len(ball.faces),
        "rays": 800_000,
        "ours_processor_s": round(ours, 4),
        "embree_processor_s": round(process_time() - begun, 2),
    }
    write_result(arguments.parse_args().out, "Path lengths through closed meshes", SEED, done)
    print(done)


if __name__ == "__main__":
    main()
