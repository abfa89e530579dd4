"""Statements that share words are found; what was said anew, left out or never said is not."""

from __future__ import annotations

from pandok.engines.alike_statements.shared_words import KnownStatements


def known() -> KnownStatements[int]:
    found: KnownStatements[int] = KnownStatements()
    found.say(1, "비가 오면 지하차도가 물에 잠긴다")
    found.say(2, "위조 상품을 가려내는 데 시간이 오래 걸린다")
    found.say(3, "가로등이 꺼져도 모른다")
    return found


def test_what_shares_most_comes_first_and_what_shares_nothing_not_at_all() -> None:
    near = known().nearest("폭우에 지하차도 물이 찬다", count=3)
    assert [one.key for one in near] == [1]
    assert 0 < near[0].share < 1
    same = known().nearest("가로등이 꺼져도 모른다", count=1)
    assert (same[0].key, round(same[0].share, 2)) == (3, 1.0)


def test_what_is_said_anew_is_found_by_its_new_words_alone() -> None:
    statements = known()
    statements.say(1, "엑스레이 판독이 늦다")
    assert len(statements) == 3
    assert statements.nearest("지하차도 물", count=3) == []
    assert [one.key for one in statements.nearest("엑스레이", count=3)] == [1]
    assert statements.nearest("엑스레이", count=3, besides={1}) == []


def test_of_nothing_nothing_is_found() -> None:
    assert KnownStatements[int]().nearest("물", count=3) == []
    assert known().nearest("", count=3) == []
