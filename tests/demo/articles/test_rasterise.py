import numpy as np
import pytest

from pandok.demo.articles.camera import fitted, look
from pandok.demo.articles.edges import edge_masks
from pandok.demo.articles.rasterise import rasterise
from pandok.demo.articles.shapes import solids
from pandok.demo.articles.shapes.mesh import Part, join

CUBE = join([(solids.box(1, 1, 1).move(z=-0.5), Part("cube"))])


def test_cube_seen_from_the_front_is_one_square_without_inner_lines():
    camera = fitted(CUBE.vertices, look(0, 0), 200, 0.5)
    seen = rasterise(CUBE, camera, 200)
    assert seen.mask.sum() == pytest.approx(100 * 100, rel=0.03)
    assert np.allclose(seen.normal[seen.mask], [0, -1, 0], atol=1e-5)
    assert np.allclose(seen.depth[seen.mask], -0.5, atol=1e-4)
    _, inner = edge_masks(seen)
    assert not inner.any()


def test_cube_corner_view_shows_three_faces_and_hides_the_far_corner():
    camera = fitted(CUBE.vertices, look(45, 35.264), 200, 0.8)
    seen = rasterise(CUBE, camera, 200)
    normals = {tuple(n) for n in np.round(seen.normal[seen.mask]).astype(int)}
    assert normals == {(0, -1, 0), (1, 0, 0), (0, 0, 1)}
    # three edges meet in the middle; were hidden edges drawn, six would
    _, inner = edge_masks(seen)
    ring = [inner[int(100 + 40 * np.sin(t)), int(100 + 40 * np.cos(t))] for t in np.linspace(0, 2 * np.pi, 1500)]
    starts = sum(1 for a, b in zip(ring, ring[1:] + ring[:1], strict=True) if b and not a)
    assert 3 <= starts <= 5


def test_sphere_area_agrees_with_geometry():
    ball = join([(solids.superellipsoid((1, 1, 1), count=60), Part("ball"))])
    camera = fitted(ball.vertices, look(20, 10), 256, 0.8)
    area = rasterise(ball, camera, 256).mask.sum()
    assert area == pytest.approx(np.pi * (0.4 * 256) ** 2, rel=0.03)


def test_nearer_part_wins_in_perspective():
    small = solids.box(0.2, 0.2, 0.2).move(y=-1.0, z=-0.1)
    mesh = join([(solids.box(1, 1, 1).move(z=-0.5), Part("back")), (small, Part("front", role="accent"))])
    front = rasterise(mesh, fitted(mesh.vertices, look(0, 0), 128, 0.8, 4.0), 128)
    assert front.part[64, 64] == 1
    back = rasterise(mesh, fitted(mesh.vertices, look(180, 0), 128, 0.8, 4.0), 128)
    assert not (back.part == 1).any()


@pytest.mark.parametrize(
    "solid",
    [solids.box(1, 2, 3), solids.box(1, 2, 3, 0.2), solids.revolve([(0.5, 0), (0.6, 1)]), solids.torus(1, 0.2),
     solids.tube([(0, 0, 0), (0, 0.3, 1), (0.5, 0.4, 2)], 0.2), solids.superellipsoid((1, 1, 2)),
     solids.box(1, 2, 3).mirror()],
)  # fmt: skip
def test_solids_are_closed_and_face_outwards(solid):
    keys, inverse = np.unique(np.round(solid.vertices, 9), axis=0, return_inverse=True)
    faces = inverse.reshape(-1)[solid.faces]
    pairs = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    forward = {tuple(p) for p in pairs.tolist() if p[0] != p[1]}
    assert all((b, a) in forward for a, b in forward)
    a, b, c = (solid.vertices[solid.faces[:, i]] for i in range(3))
    assert (np.cross(a, b) * c).sum() / 6 > 0
    assert len(keys)
