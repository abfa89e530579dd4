"""Invented persons with numbers whose check digits are right, drawn from a seed: nobody's data."""

from __future__ import annotations

import random
from datetime import date, timedelta

_SURNAMES = "김이박최정강조윤장임한오서신권황안송류홍"
_SYLLABLES = "민서준도윤예은지우하현수영진성미경희철동건태선주연아라"
_ROADS = ("세종대로", "테헤란로", "중앙로", "해운대로", "관세청로 ", "둔산북로")
_CITIES = ("서울특별시 중구", "대전광역시 서구", "부산광역시 해운대구", "경기도 성남시")
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


class People:
    def __init__(self, seed: int):
        self._rng = random.Random(seed)

    def name(self) -> str:
        return self._rng.choice(_SURNAMES) + "".join(self._rng.sample(_SYLLABLES, 2))

    def resident_number(self, *, foreigner: bool = False, dash: bool = True) -> str:
        day = date(1950, 1, 1) + timedelta(days=self._rng.randrange(18_000))
        digits = day.strftime("%y%m%d") + self._rng.choice("56" if foreigner else "12") + self._digits(5)
        rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11
        digits += str(((13 if foreigner else 11) - rest) % 10)
        return f"{digits[:6]}-{digits[6:]}" if dash else digits

    def phone(self) -> str:
        return self._rng.choice(("010-{}-{}", "010{}{}", "010.{}.{}")).format(self._digits(4), self._digits(4))

    def email(self) -> str:
        return f"user{self._digits(4)}@mail{self._digits(1)}.example.kr"

    def card(self) -> str:
        digits = self._rng.choice("45") + self._digits(14)
        last = next(one for one in "0123456789" if _luhn(digits + one))
        digits += last
        return self._rng.choice((digits, " ".join(digits[place : place + 4] for place in range(0, 16, 4))))

    def passport(self) -> str:
        return self._rng.choice(("M{}", "M{}A{}")).format(self._digits(3), self._digits(4)).ljust(9, "7")[:9]

    def driver_licence(self) -> str:
        return f"{self._rng.randrange(11, 29)}-{self._digits(2)}-{self._digits(6)}-{self._digits(2)}"

    def account(self) -> str:
        return f"{self._digits(3)}-{self._digits(6)}-{self._digits(2)}-{self._digits(3)}"

    def address(self) -> str:
        return f"{self._rng.choice(_CITIES)} {self._rng.choice(_ROADS).strip()} {self._rng.randrange(1, 400)}"

    def amount(self) -> str:
        return str(self._rng.randrange(1_000, 90_000_000))

    def reference(self) -> str:
        """A declaration number as customs gives it: digits and a letter, nobody's."""
        return f"{self._digits(5)}-{self._rng.randrange(20, 27)}-{self._digits(6)}{self._rng.choice('MUX')}"

    def goods(self) -> str:
        return self._rng.choice(
            ("면 티셔츠", "스테인리스 물병", "가죽 지갑", "어린이 신발", "무선 이어폰", "정제 소금")
        )

    def day(self) -> str:
        return (date(2024, 1, 1) + timedelta(days=self._rng.randrange(700))).isoformat()

    def code(self) -> str:
        return f"{self._digits(4)}.{self._digits(2)}-{self._digits(4)}"

    def one_of(self, *values: str) -> str:
        return self._rng.choice(values)

    def _digits(self, count: int) -> str:
        return "".join(self._rng.choice("0123456789") for _ in range(count))


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value // 10 + value % 10
    return total % 10 == 0
