"""Kinds of machines whose scans can be compared with each other."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from pandok.core.text import Text

if TYPE_CHECKING:
    from pandok.readers.xray.physics.basis import DualResponse
    from pandok.readers.xray.standard import StandardScan

MEGAVOLT_KEV = 1000.0


class MachineClass(StrEnum):
    """CABINET: two energies below a megavolt, or a picture in their colours. CARGO: megavolt. ONE_ENERGY: no material
    index."""

    CABINET = "cabinet"
    CARGO = "cargo"
    ONE_ENERGY = "one_energy"

    @property
    def words(self) -> Text:
        return _WORDS[self]

    @property
    def number(self) -> int:
        """For the search index: never given to another."""
        return _NUMBERS[self]


_WORDS = {
    MachineClass.CABINET: Text(ko="소포·수하물 검색기", en="cabinet"),
    MachineClass.CARGO: Text(ko="컨테이너 검색기", en="cargo"),
    MachineClass.ONE_ENERGY: Text(ko="단일 에너지 검색기", en="one energy"),
}
_NUMBERS = {MachineClass.CABINET: 1, MachineClass.CARGO: 2, MachineClass.ONE_ENERGY: 3}


def machine_class_of(scan: StandardScan, response: DualResponse) -> MachineClass:
    """`response`: of the machine."""
    if not scan.approximate and all(view.low is None for view in scan.views):
        return MachineClass.ONE_ENERGY
    return MachineClass.CARGO if float(response.energies_kev.max()) > MEGAVOLT_KEV else MachineClass.CABINET
