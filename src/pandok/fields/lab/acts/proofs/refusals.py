"""Why something about a proof is refused, with the next step."""

from __future__ import annotations

from pandok.common.refusals import SHARED, Reason, refusals
from pandok.core.text import Text

_REASONS: dict[str, Reason] = {
    "own_model": (
        Text(ko="자신이 제출한 모델의 입증서는 만들 수 없습니다.", en="Nobody makes the proof of their own model."),
        Text(ko="다른 평가기관이 만들어야 합니다.", en="Another evaluator must make it."),
    ),
    "not_released": (
        Text(ko="공개된 확인 실행이 아닙니다.", en="This is not a released confirm run."),
        Text(ko="결과가 공개된 뒤에 만드십시오.", en="Make the proof once the result is released."),
    ),
    "no_evidence": (
        Text(ko="사례가 모자라 다시 계산할 수치가 없습니다.", en="There were too few cases to compute a verdict from."),
        Text(ko="자료를 늘려 새로 등록하고 시험하십시오.", en="Register and test again with more cases."),
    ),
    "made": (
        Text(ko="이 실행의 입증서가 이미 있습니다.", en="There is a proof of this run already."),
        Text(ko="목록에서 내려받으십시오.", en="Download it from the list."),
    ),
    "not_judged": (
        Text(ko="판정한 시험이 아닙니다.", en="The trial has no verdict yet."),
        Text(ko="눈가림을 해제하고 판정한 뒤에 만드십시오.", en="Unblind and judge it first."),
    ),
    "trial_differs": (
        Text(ko="시험 보고서가 기록에서 계산한 값과 다릅니다.", en="The trial's report is not what its rows give."),
        Text(ko="감사 기록을 확인하십시오.", en="Look at the audit trail."),
    ),
    "ledger": (
        Text(ko="원장에 등록, 개봉, 공개 기록이 없습니다.", en="The ledger lacks registration, opening or release."),
        Text(ko="감사 기록을 점검하고 관리자에게 알리십시오.", en="Check the audit log and tell the administrator."),
    ),
    "does_not_hold": (
        Text(ko="입증서가 맞지 않아 받지 않았습니다.", en="The proof does not hold and was not accepted."),
        Text(
            ko="공개키를 먼저 등록했는지 확인하고, 만든 기관에 다시 요청하십시오.",
            en="Make sure that the site's key was added first, and ask the site for it again.",
        ),
    ),
    "other_site": (
        Text(
            ko="이 공개키는 다른 기관의 것으로 등록되어 있어, 이 기관 이름의 입증서를 받지 않았습니다.",
            en="The key is trusted for a different site than the proof names, so the proof was not accepted.",
        ),
        Text(
            ko="두 기관에 물으십시오. 기관 이름이 바뀐 것이면 같은 공개키를 새 이름으로 등록하십시오.",
            en="Ask both sites. Where the site was renamed, add the same key under its new name.",
        ),
    ),
    "expired": (
        Text(ko="유효 기한이 지난 입증서입니다.", en="The proof has expired."),
        Text(ko="만든 기관에 새 입증서를 요청하십시오.", en="Ask the site for a new proof."),
    ),
    "not_yet": (
        Text(ko="작성 시각이 아직 오지 않은 입증서입니다.", en="The proof carries a date in the future."),
        Text(
            ko="이 서버의 시계를 확인하고, 맞으면 만든 기관에 물으십시오.",
            en="Check this server's clock; where it is right, ask the site.",
        ),
    ),
    "site_missing": (
        Text(ko="어느 기관의 공개키인지 적지 않았습니다.", en="The owner of the key is missing."),
        Text(ko="입증서에 적히는 기관 이름 그대로 적으십시오.", en="Write the site's name as its proofs state it."),
    ),
    "key_of_other": (
        Text(
            ko="공개키 파일에 적힌 기관 이름이 입력한 이름과 다릅니다.",
            en="The key file names a different site from the one entered.",
        ),
        Text(
            ko="받은 파일을 다시 확인하고, 입증서에 적히는 기관 이름 그대로 적으십시오.",
            en="Check the file again, and write the site's name as its proofs state it.",
        ),
    ),
    "no_key": (
        Text(ko="등록된 공개키가 없습니다.", en="No key of another site was added yet."),
        Text(
            ko="만든 기관의 공개키를 입증서와 다른 경로로 받아 먼저 등록하십시오.",
            en="Get the site's key by another channel than the proof, and add it first.",
        ),
    ),
    "kept": (
        Text(ko="이미 받은 입증서입니다.", en="This proof was imported already."),
        Text(ko="목록에서 여십시오.", en="Open it from the list."),
    ),
    "key_kept": (
        Text(ko="이 기관 이름으로 이미 등록한 공개키입니다.", en="This key was added under this name already."),
        Text(ko="그대로 쓰십시오.", en="Use it as it is."),
    ),
    "not_imported": (
        Text(
            ko="다른 기관에서 받은 입증서만 수용시험을 합니다.",
            en="Only a proof from another site has an acceptance test.",
        ),
        Text(ko="이 기관의 입증서는 그대로 씁니다.", en="This site's own proofs need no acceptance test."),
    ),
    "same_data": (
        Text(
            ko="입증서를 만든 자료와 같은 자료로는 수용시험을 할 수 없습니다.",
            en="An acceptance test needs sealed data that the proof was not made on.",
        ),
        Text(ko="이 기관의 봉인 자료로 등록하십시오.", en="Register on sealed data of this site."),
    ),
    "other_question": (
        Text(ko="입증서와 다른 물음입니다.", en="The registration asks another question than the proof."),
        Text(
            ko="과제 이름과 지표가 입증서와 같은 등록을 고르십시오.",
            en="Choose a registration of the same problem and metrics.",
        ),
    ),
    "not_site": (
        Text(ko="이 기관의 등록이 아닙니다.", en="The registration is not of this site."),
        Text(ko="이 기관에서 등록하십시오.", en="Register at this site."),
    ),
    "test_taken": (
        Text(ko="이미 수용시험에 쓴 등록입니다.", en="This registration is already used by an acceptance test."),
        Text(ko="새 봉인 자료로 등록하십시오.", en="Register on new sealed data."),
    ),
    "other_model": (
        Text(ko="입증서의 모델이 아닙니다.", en="The run is not of the model that the proof is about."),
        Text(ko="입증서와 sha256이 같은 모델을 실행하십시오.", en="Run the model with the proof's sha256."),
    ),
    "other_run": (
        Text(ko="이 수용시험의 공개된 확인 실행이 아닙니다.", en="This is not a released confirm run of this test."),
        Text(ko="수용시험의 등록으로 실행하십시오.", en="Run under the registration of the test."),
    ),
    "seen_before": (
        Text(
            ko="수용시험으로 등록하기 전에 봉인을 연 실행입니다.",
            en="The run opened the seal before the test was registered.",
        ),
        Text(ko="새 봉인 자료로 등록하십시오.", en="Register on new sealed data."),
    ),
    "too_large": (
        Text(ko="파일이 없거나 너무 큽니다.", en="There is no file, or it is too large."),
        Text(ko="proof.zip을 고르십시오.", en="Choose proof.zip."),
    ),
    "one_person": (
        Text(
            ko="수용시험을 등록한 사람은 수용을 결정할 수 없습니다.",
            en="Whoever registered the test does not decide on acceptance.",
        ),
        Text(ko="다른 현업 책임자가 결정해야 합니다.", en="Another field owner must decide."),
    ),
}


refused = refusals("proof", {**SHARED, **_REASONS})
