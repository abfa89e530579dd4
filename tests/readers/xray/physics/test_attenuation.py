"""Attenuation agrees with what NIST publishes, also where the tables of the library end."""

from __future__ import annotations

import numpy as np
import pytest

from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.compositions import mass_shares, mixture
from pandok.readers.xray.physics.tubes import Sheet, kramers, sandwich

MEV = np.array([1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10])
# µ/ρ in cm²/g: Hubbell and Seltzer, NISTIR 5632 (tables of X-ray mass attenuation coefficients), computed with NIST
# XCOM.
NIST = {
    "H": (0.1263, 0.1129, 0.1027, 0.08769, 0.06921, 0.05806, 0.05049, 0.04498, 0.03746, 0.03254),
    "C": (0.06361, 0.05690, 0.05179, 0.04442, 0.03562, 0.03047, 0.02708, 0.02469, 0.02154, 0.01959),
    "O": (0.06372, 0.05697, 0.05185, 0.04459, 0.03597, 0.03100, 0.02777, 0.02552, 0.02263, 0.02089),
    "Al": (0.06146, 0.05496, 0.05006, 0.04324, 0.03541, 0.03106, 0.02836, 0.02655, 0.02437, 0.02318),
    "Fe": (0.05995, 0.05350, 0.04883, 0.04265, 0.03621, 0.03312, 0.03146, 0.03057, 0.02991, 0.02994),
    "Cu": (0.05901, 0.05261, 0.04803, 0.04205, 0.03599, 0.03318, 0.03177, 0.03108, 0.03074, 0.03103),
    "W": (0.06618, 0.05577, 0.05000, 0.04433, 0.04075, 0.04038, 0.04103, 0.04210, 0.04472, 0.04747),
    "Pb": (0.07102, 0.05876, 0.05222, 0.04606, 0.04234, 0.04197, 0.04272, 0.04391, 0.04675, 0.04972),
    "H2O": (0.07072, 0.06323, 0.05754, 0.04942, 0.03969, 0.03403, 0.03031, 0.02770, 0.02429, 0.02219),
}


@pytest.mark.parametrize("material", NIST)
def test_megavolts_agree_with_nist(material: str) -> None:
    most = 0.02 if material in ("W", "Pb") else 0.006
    assert np.abs(mass_attenuation(material, MEV * 1e3) / NIST[material] - 1).max() < most


def test_kilovolts_agree_with_nist() -> None:
    """Same source, 60, 100 and 150 keV."""
    kev = np.array([60.0, 100.0, 150.0])
    assert mass_attenuation("Fe", kev) == pytest.approx([1.205, 0.3717, 0.1964], rel=0.01)
    assert mass_attenuation("H2O", kev) == pytest.approx([0.2059, 0.1707, 0.1505], rel=0.01)


@pytest.mark.parametrize("material", ["Fe", "Pb", "C2H4"])
def test_tables_join_without_a_step(material: str) -> None:
    before, after = mass_attenuation(material, np.array([800.0, 800.001]))
    assert after == pytest.approx(before, rel=1e-4)
    falling = mass_attenuation(material, np.linspace(700, 1020, 60))
    assert (np.diff(falling) < 0).all()


def test_energies_outside_are_refused() -> None:
    for kev in (0.5, 30_000.0):
        with pytest.raises(ValueError, match="20 MeV"):
            mass_attenuation("Fe", np.array([kev]))


def test_formulas_and_mixtures() -> None:
    assert mass_shares("H2O")["O"] == pytest.approx(0.8881, abs=1e-4)
    assert mass_shares("Ca(OH)2")["Ca"] == pytest.approx(0.5409, abs=1e-4)
    assert mass_shares("CuSO4·5H2O")["Cu"] == pytest.approx(0.2545, abs=1e-4)
    salt, base = mass_shares("C10H15N·HCl"), mass_shares("C10H16NCl")
    assert salt == pytest.approx(base)
    assert sum(mixture({"C2H4": 3, "SiO2": 1}).values()) == pytest.approx(1)
    for wrong in ("", "2", "h2o", "Xx2", "H2O)", "(H2O", "H22.2.2", "C0", "()"):
        with pytest.raises(ValueError, match=r"formula|element|bracket|number"):
            mass_shares(wrong)
    with pytest.raises(ValueError, match="shares"):
        mixture({"H2O": -1, "C": 2})


def test_a_detector_behind_another_sees_harder_rays() -> None:
    kev = np.arange(15.0, 160.0)
    made = sandwich(
        kramers(160, kev, [Sheet("Al", 0.81)]),
        kev,
        Sheet("Gd2O2S", 0.10),
        [Sheet("Cu", 0.06 * 8.96)],
        Sheet("Gd2O2S", 0.40),
        name="",
        origin="",
    )
    assert float(made.low @ kev) == pytest.approx(61.9, abs=0.1)
    assert float(made.high @ kev) == pytest.approx(91.0, abs=0.1)
