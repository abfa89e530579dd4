"""Operations of the proving lab in Korean; the English stands where each is written."""

from __future__ import annotations

from pandok.core.text import Text

GROUPS: dict[str, Text] = {
    "lab": Text(ko="실증랩", en="Lab"),
}

OPERATIONS: dict[str, tuple[str, str]] = {
    "list_problems": ("공개된 과제 목록", ""),
    "get_problem": ("과제 한 건", ""),
    "get_public_part": ("과제의 공개 자료", ""),
    "get_leaderboard": ("순위표(평가 계획에 있는 때)", ""),
    "list_submissions": ("내 제출 목록", ""),
    "submit_a_model": (
        "모델 제출",
        "model.onnx, submission.json, card.md, sample_outputs.csv를 묶은 zip입니다. 거절될 때도 모든 사유를 알려 주고 "
        "횟수에 넣지 않습니다. 같은 `upload_key`로 다시 보내면 첫 제출을 돌려줍니다.",
    ),
    "get_submission": ("내 제출 한 건", ""),
    "ask_for_confirm_run": (
        "확인 세트 실행 요청",
        "평가 계획이 정한 횟수만큼, 대개 한 번만 열립니다. 가장 좋은 모델로 요청하십시오.",
    ),
    "get_result": ("공개된 결과", ""),
    "list_proofs": ("볼 수 있는 입증서 목록", ""),
    "get_proof": ("입증서 한 건", ""),
    "get_proof_pack": ("입증서 파일(`pandok proof verify`로 확인)", ""),
    "begin_upload": (
        "이어 올리기 시작",
        "큰 모델이나 끊기는 연결에 씁니다. 기관마다 동시에 3건까지, 하루 동안 보관합니다.",
    ),
    "get_upload": ("어디까지 올렸는지", ""),
    "send_piece": (
        "다음 조각 보내기",
        "바이트를 그대로 보냅니다. `Upload-Offset`은 tus 1.0처럼 조각이 시작하는 자리입니다. 앞 조각이 끝난 자리가 "
        "아니면 "
        "409와 함께 `fields`에 맞는 `offset`을 돌려주므로, 같은 조각을 두 번 보내도 한 번만 받습니다.",
    ),
    "give_up_upload": ("올리기 그만두기", ""),
    "submit_an_upload": (
        "다 올린 파일 제출",
        "파일을 한 번에 보낸 것과 같은 검사와 같은 답입니다. 올린 파일은 함께 정리되며, 같은 `upload_key`로 다시 "
        "요청하면 "
        "첫 제출을 돌려줍니다.",
    ),
}
"""By the operation's id: what it does, and what else is to be known, as in English."""

FIELDS: dict[str, str] = {
    "Made by the sender; the same UUID is the same submission, however often sent": (
        "보내는 쪽에서 만든 UUID. 같은 값으로 여러 번 보내도 한 건으로 접수합니다."
    ),
}
"""What is said of a field, by its English."""
