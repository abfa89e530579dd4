"""What scenes are made of: composition by mass and density. Public knowledge of chemistry; mixtures are typical, not
measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pandok.core.text import Text


@dataclass(frozen=True)
class Material:
    """`of`: formulas with their share by mass. `g_per_cm3`: as it lies in the scene, air between grains included."""

    of: Mapping[str, float]
    g_per_cm3: float
    words: Text


def _one(formula: str, density: float, ko: str, en: str) -> Material:
    return Material({formula: 1.0}, density, Text(ko=ko, en=en))


def _mix(of: Mapping[str, float], density: float, ko: str, en: str) -> Material:
    return Material(of, density, Text(ko=ko, en=en))


CELLULOSE, FAT, SUGAR = "C6H10O5", "C55H104O6", "C12H22O11"
MATERIALS: dict[str, Material] = {
    "cardboard": _one(CELLULOSE, 0.14, "골판지", "cardboard"),
    "paper": _mix({CELLULOSE: 0.8, "CaCO3": 0.2}, 0.8, "종이", "paper"),
    "cotton": _one(CELLULOSE, 0.25, "면직물", "cotton"),
    "polyester": _one("C10H8O4", 0.22, "폴리에스터 직물", "polyester"),
    "leather": _mix({"C102H152N31O39": 0.85, "H2O": 0.15}, 0.86, "가죽", "leather"),
    "rubber": _mix({"C5H8": 0.9, "ZnO": 0.05, "S": 0.05}, 1.1, "고무", "rubber"),
    "wood": _mix({CELLULOSE: 0.9, "H2O": 0.1}, 0.6, "목재", "wood"),
    "polyethylene": _one("C2H4", 0.94, "폴리에틸렌", "polyethylene"),
    "PET": _one("C10H8O4", 1.38, "페트", "PET"),
    "ABS": _one("C15H17N", 1.05, "ABS 수지", "ABS"),
    "PVC": _one("C2H3Cl", 1.4, "PVC", "PVC"),
    "foam": _one("C27H36N2O10", 0.06, "발포재", "foam"),
    "glass": _mix({"SiO2": 0.73, "Na2O": 0.14, "CaO": 0.1, "MgO": 0.03}, 2.5, "유리", "glass"),
    "ceramic": _mix({"SiO2": 0.6, "Al2O3": 0.4}, 2.4, "도자기", "ceramic"),
    "aluminium": _one("Al", 2.7, "알루미늄", "aluminium"),
    "steel": _one("Fe", 7.85, "강철", "steel"),
    "brass": _mix({"Cu": 0.65, "Zn": 0.35}, 8.4, "황동", "brass"),
    "copper": _one("Cu", 8.96, "구리", "copper"),
    "lead": _one("Pb", 11.3, "납", "lead"),
    "circuit": _mix({"SiO2": 0.45, "C15H16O2": 0.4, "Cu": 0.15}, 2.0, "회로 기판", "circuit board"),
    "cell": _mix({"LiCoO2": 0.4, "C": 0.25, "Cu": 0.12, "Al": 0.08, "C3H4O3": 0.15}, 2.5, "리튬 전지", "lithium cell"),
    "screen": _mix({"SiO2": 0.7, "C10H8O4": 0.3}, 2.1, "화면", "screen"),
    "water": _one("H2O", 1.0, "물", "water"),
    "spirits": _mix({"H2O": 0.6, "C2H6O": 0.4}, 0.94, "증류주", "spirits"),
    "oil": _one(FAT, 0.92, "식용유", "cooking oil"),
    "lotion": _mix({"H2O": 0.75, "C3H8O3": 0.1, FAT: 0.15}, 0.99, "로션", "lotion"),
    "sugar": _one(SUGAR, 0.85, "설탕", "sugar"),
    "salt": _one("NaCl", 1.2, "소금", "salt"),
    "rice": _mix({CELLULOSE: 0.87, "H2O": 0.13}, 0.8, "쌀", "rice"),
    "coffee": _mix({CELLULOSE: 0.75, FAT: 0.15, "H2O": 0.1}, 0.45, "커피 원두", "coffee"),
    "fruit": _mix({"H2O": 0.87, SUGAR: 0.13}, 0.9, "과일", "fruit"),
    "meat": _mix({"H2O": 0.7, "C102H152N31O39": 0.2, FAT: 0.1}, 1.04, "육류", "meat"),
    "soap": _one("C18H35NaO2", 1.05, "비누", "soap"),
    "tablets": _mix({"C12H22O11": 0.5, "C8H9NO2": 0.35, "MgO": 0.15}, 0.75, "정제", "tablets"),
    "hydrochloride_a": _one("C10H15N·HCl", 0.75, "염산염 분말 1", "hydrochloride powder 1"),
    "hydrochloride_b": _one("C17H21NO4·HCl", 0.85, "염산염 분말 2", "hydrochloride powder 2"),
    "hydrochloride_c": _one("C13H16ClNO·HCl", 0.8, "염산염 분말 3", "hydrochloride powder 3"),
    "air": _mix({"N": 0.755, "O": 0.232, "Ar": 0.013}, 0.0012, "공기", "air"),
    "stone": _mix({"SiO2": 0.7, "Al2O3": 0.15, "CaO": 0.1, "Fe2O3": 0.05}, 2.6, "석재", "stone"),
    "plywood": _mix({CELLULOSE: 0.92, "H2O": 0.08}, 0.65, "합판", "plywood"),
}
