"""What each check of a proof says, in the order in which they are made."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.text import Text


class CheckName(StrEnum):
    FORM = "form"
    SUMS = "sums"
    FILES = "files"
    SIGNATURE = "signature"
    SITE = "site"
    REGISTRATION = "registration"
    FACTS = "facts"
    CHAIN = "chain"
    HEAD = "head"
    BEFORE = "before"
    EVIDENCE = "evidence"
    INTERVALS = "intervals"
    VERDICT = "verdict"
    ALIKE = "alike"


CHECKS: dict[CheckName, Text] = {
    CheckName.FORM: Text(ko="서명된 값이 정해진 형식 그대로임", en="The signed values stand in their one form"),
    CheckName.SUMS: Text(ko="모든 파일의 sha256이 맞음", en="The sha256 of every file agrees"),
    CheckName.FILES: Text(ko="진술서가 적은 파일 그대로임", en="The files are those that the statement names"),
    CheckName.SIGNATURE: Text(
        ko="진술서를 주어진 공개키의 기관이 서명함", en="The statement is signed by a key that was given"
    ),
    CheckName.SITE: Text(
        ko="서명한 공개키가 진술서에 적힌 기관의 것임", en="The key that signed is that of the site which it names"
    ),
    CheckName.REGISTRATION: Text(
        ko="사전등록이 적힌 해시 그대로임", en="The registration has the hash that the statement names"
    ),
    CheckName.FACTS: Text(ko="진술서가 사전등록과 같은 것을 말함", en="The statement says what was registered"),
    CheckName.CHAIN: Text(ko="원장 발췌의 해시 사슬이 온전함", en="The hash chain of the ledger excerpt is whole"),
    CheckName.HEAD: Text(
        ko="원장의 최신 해시에 같은 공개키의 서명 있음", en="The same key signed the newest hash of the ledger"
    ),
    CheckName.BEFORE: Text(
        ko="봉인을 열기 전에 등록하고, 그 뒤에 공개함", en="Registered before the seal was opened, released after"
    ),
    CheckName.EVIDENCE: Text(ko="수치가 등록한 비교의 것임", en="The numbers are those of the registered comparison"),
    CheckName.INTERVALS: Text(
        ko="다시 계산한 구간이 적힌 것과 같음", en="The intervals, computed again, are the printed ones"
    ),
    CheckName.VERDICT: Text(
        ko="다시 계산한 판정이 적힌 것과 같음", en="The verdict, computed again, is the printed one"
    ),
    CheckName.ALIKE: Text(ko="비교표와 보고서가 같은 것을 말함", en="Comparison and report say the same"),
}
