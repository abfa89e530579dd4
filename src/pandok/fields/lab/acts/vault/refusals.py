"""Why the vault does not open, take or delete something. Each code stands for one sentence and one next step."""

from __future__ import annotations

from pandok.common.refusals import Refusals, refusals
from pandok.core.errors import StoreError
from pandok.core.text import Text

_ASK = Text(ko="데이터 관리자에게 이용승인을 요청하십시오.", en="Ask the data steward for a grant.")
_SENTENCES: dict[str, tuple[Text, Text]] = {
    "vault.no_grant": (
        Text(ko="이 자료를 열 이용승인이 없습니다.", en="There is no grant to open this."),
        _ASK,
    ),
    "vault.project": (
        Text(ko="이 기탁은 그 과제에 허용되지 않았습니다.", en="The deposit is not allowed to that project."),
        Text(ko="기탁 조건의 허용 과제를 확인하십시오.", en="Look at the allowed projects in the deposit's terms."),
    ),
    "vault.expired": (
        Text(ko="기탁 기간이 끝나 닫혔습니다.", en="The deposit's term is over and it has closed."),
        Text(ko="필요하면 소유 기관이 다시 기탁하여야 합니다.", en="If it is needed, its owner deposits it again."),
    ),
    "vault.deleted": (
        Text(ko="파기된 자료입니다. 키가 없어 아무도 열 수 없습니다.", en="It was deleted: nobody can open it."),
        Text(ko="파기확인서를 확인하십시오.", en="See the certificate of deletion."),
    ),
    "vault.held": (
        Text(
            ko="개인정보가 있을 수 있는 문서가 있어, 사람이 확인하기 전에는 열지 않습니다.",
            en="It holds a document that may name people; nothing opens it before a person has looked.",
        ),
        Text(ko="데이터 관리자에게 확인을 요청하십시오.", en="Ask the data steward to look at it and confirm."),
    ),
    "vault.purpose": (
        Text(ko="이용 목적이 비어 있거나 너무 깁니다.", en="The purpose of use is empty or too long."),
        Text(ko="목적을 200자 이하로 적으십시오.", en="Give the purpose in at most 200 characters."),
    ),
    "vault.run": (
        Text(ko="실행기는 등록된 실행 번호 없이 열 수 없습니다.", en="The runner opens nothing without a run."),
        Text(ko="실행 번호를 함께 주십시오.", en="Name the run."),
    ),
    "vault.name": (
        Text(ko="파일 이름이 올바르지 않습니다.", en="The name of the file is not acceptable."),
        Text(
            ko="하위 경로 없는 300자 이하의 이름을 쓰십시오.",
            en="Use at most 300 characters and no path that leads outside.",
        ),
    ),
    "vault.kind": (
        Text(ko="자료 단계가 올바르지 않습니다.", en="There is no such kind of object."),
        Text(ko="목록의 단계를 쓰십시오.", en="Use one of the listed kinds."),
    ),
    "vault.lineage": (
        Text(
            ko="만든 근거가 같은 기탁의 남아 있는 자료가 아닙니다.",
            en="Its source is not an object that still exists here.",
        ),
        Text(ko="같은 기탁의 자료를 근거로 쓰십시오.", en="Name objects of the same deposit."),
    ),
    "vault.no_objects": (
        Text(ko="모델을 만든 자료가 없습니다.", en="There is no object that the model was made of."),
        Text(ko="기탁과 자료 단계를 확인하십시오.", en="Check the deposit and the kind of objects."),
    ),
    "vault.tool": (
        Text(ko="학습에 쓴 도구의 이름이 비어 있거나 너무 깁니다.", en="The name of the tool is empty or too long."),
        Text(ko="도구 이름을 100자 이하로 적으십시오.", en="Name the tool in at most 100 characters."),
    ),
}
_BROKEN: dict[str, tuple[Text, Text]] = {
    "store.vault_broken": (
        Text(ko="봉인이 맞지 않습니다. 파일이나 키가 다릅니다.", en="The seal is broken, or this is a different key."),
        Text(
            ko="`pandok lab vault verify`를 실행하고 백업을 확인하십시오.",
            en="Run `pandok lab vault verify` and look at the backup.",
        ),
    ),
    "store.vault_missing": (
        Text(ko="봉인된 파일이 없습니다.", en="The sealed file is missing."),
        Text(
            ko="`pandok lab vault verify`를 실행하고 백업을 확인하십시오.",
            en="Run `pandok lab vault verify` and look at the backup.",
        ),
    ),
    "store.vault_write": (
        Text(ko="봉인된 파일을 쓰지 못했습니다.", en="A sealed file could not be written."),
        Text(ko="디스크 공간과 권한을 확인하십시오.", en="Check disk space and permissions."),
    ),
}


refused = refusals("", _SENTENCES)
broken = Refusals("", _BROKEN, StoreError)


def in_doubt(why: Text) -> StoreError:
    """Nothing is destroyed while the database may be an older one than the files beside it."""
    return StoreError(
        why,
        Text(
            ko="데이터베이스를 확인하고, 이대로 이어 가려면 `pandok audit resume --reason …`을 실행하십시오.",
            en="Look at the database; to go on with it, run `pandok audit resume --reason …`.",
        ),
        code="store.older_database",
    )
