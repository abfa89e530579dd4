"""Terms of the proving lab: problems, runs, statistics, proofs, sealed data, trials."""

from __future__ import annotations

from pandok.core.term import Term
from pandok.core.text import Text

_PROBLEMS = (
    Term(
        "problem",
        Text(ko="과제", en="problem"),
        Text(
            ko="입력과 출력, 정답, 현행 업무, 입증할 기준을 담은 묶음. 누구나 읽을 수 있는 폴더입니다.",
            en="What goes in and comes out, what is true, what is done today and what would be enough, as a folder "
            "that anybody can read.",
        ),
    ),
    Term(
        "practice",
        Text(ko="현행 업무", en="today's practice"),
        Text(
            ko="같은 사례에 대해 지금 하고 있는 판단. 모델은 이것과 비교합니다.",
            en="What is done today on the same cases; a model is compared with it.",
        ),
    ),
    Term(
        "feedback_set",
        Text(ko="피드백 세트", en="feedback set"),
        Text(
            ko="정해진 횟수만큼 점수를 알려 주는 봉인 자료. 판정에는 쓰지 않습니다.",
            en="Sealed cases of which a submitter learns scores, a limited number of times. No verdict rests on them.",
        ),
    ),
    Term(
        "confirm_set",
        Text(ko="확인 세트", en="confirm set"),
        Text(
            ko="한 번만 여는 봉인 자료. 판정은 여기서 나옵니다.",
            en="Sealed cases that are opened once; the verdict rests on them.",
        ),
    ),
    Term(
        "sealed",
        Text(ko="봉인", en="sealed"),
        Text(
            ko="암호화해 두고, 등록된 실행이 격리된 곳에서만 여는 것. 사람은 보지 않습니다.",
            en="Encrypted, and opened only by a registered run in the sandbox; no person sees it.",
        ),
    ),
    Term(
        "registration",
        Text(ko="사전등록", en="registration"),
        Text(
            ko="질문, 기준, 계획, 자료를 봉인을 열기 전에 하나의 해시로 잠근 것.",
            en="Question, line, plan and data, locked under one hash before the seal is opened.",
        ),
        "ICH E9",
    ),
    Term(
        "root_hash",
        Text(ko="자료의 뿌리 해시", en="root hash of the data"),
        Text(
            ko="입력, 정답, 현행 판단이 하나라도 바뀌면 달라지는 값. 값만으로는 내용을 알 수 없습니다.",
            en="A value that changes with any input, truth or answer of practice, and tells nothing of them.",
        ),
    ),
    Term(
        "endpoint",
        Text(ko="평가지표", en="endpoint"),
        Text(
            ko="등록한 비교 하나: 무엇으로 재고, 나음과 못하지 않음 가운데 무엇을 보일지.",
            en="One registered comparison: what is measured, and whether “better” or “no worse” is to be shown.",
        ),
        "ICH E9",
    ),
    Term(
        "margin",
        Text(ko="비열등성 한계(Δ)", en="non-inferiority margin (Δ)"),
        Text(
            ko="현행보다 얼마까지 못해도 받아들일지. 봉인을 열기 전에 과제 책임기관이 정합니다.",
            en="How much worse than today's practice would still be tolerated; stated by the problem's owner before "
            "the seal is opened.",
        ),
        "ICH E9",
    ),
    Term(
        "alpha",
        Text(ko="오류율(α)", en="error rate (α)"),
        Text(
            ko="사실은 그렇지 않은데 ‘입증’이라고 할 확률의 상한.",
            en="The most that the chance of saying “proven” may be where it is not so.",
        ),
        "ICH E9",
    ),
    Term(
        "power",
        Text(ko="검정력", en="power"),
        Text(
            ko="실제로 낫다면 그것이 입증될 확률. 사례가 많을수록 높습니다.",
            en="How likely a true advantage is to be shown; it grows with the number of cases.",
        ),
    ),
    Term(
        "cluster",
        Text(ko="군집", en="cluster"),
        Text(
            ko="같은 세관·같은 날처럼 서로 닮은 사례들의 묶음. 따로따로인 듯 세면 구간이 너무 좁아집니다.",
            en="Cases that resemble each other, such as those of one site and day. Counted as if independent they make "
            "intervals too narrow.",
        ),
    ),
    Term(
        "group_harm",
        Text(ko="불리해지면 안 되는 집단", en="group that must not be harmed"),
        Text(
            ko="그 안에서 모델이 현행보다 한계 넘게 못해서는 안 되는, 미리 등록한 집단.",
            en="A registered group in which the model may not fall below practice by more than its margin.",
        ),
    ),
    Term(
        "truth_noise",
        Text(ko="정답 오류 가정", en="truths that may be wrong"),
        Text(
            ko="정답 가운데 틀렸을 수 있는 비율. 그만큼이 뒤집혀도 판정이 그대로여야 합니다.",
            en="The share of truths that may be wrong; the verdict must stand with so many turned.",
        ),
    ),
    Term(
        "kappa",
        Text(ko="일치도(κ)", en="agreement (κ)"),
        Text(
            ko="정답을 매긴 사람들이 우연을 넘어 서로 일치한 정도. 1은 완전한 일치, 0은 우연.",
            en="How far those who judged the truth agree beyond chance: 1 is full agreement, 0 chance.",
        ),
        "Cohen 1960",
    ),
)
_METRICS = (
    Term(
        "accuracy",
        Text(ko="정확도", en="accuracy"),
        Text(ko="맞은 답의 비율.", en="Share of right answers."),
        "ISO/IEC TS 4213",
    ),
    Term(
        "recall_at_1",
        Text(ko="1순위 정답률", en="share of right first answers"),
        Text(
            ko="첫째 답이 맞은 사례의 비율.",
            en="Share of cases whose first answer is right.",
        ),
    ),
    Term(
        "sensitivity",
        Text(ko="민감도", en="sensitivity"),
        Text(
            ko="찾아야 할 것 가운데 찾아낸 비율.",
            en="Of those that should be found, the share that was found.",
        ),
        "ISO/IEC TS 4213",
    ),
    Term(
        "specificity",
        Text(ko="특이도", en="specificity"),
        Text(
            ko="지나쳐도 되는 것 가운데 그대로 지나친 비율.",
            en="Of those that should be left alone, the share that was left alone.",
        ),
        "ISO/IEC TS 4213",
    ),
    Term(
        "auc",
        Text(ko="AUC", en="area under the ROC curve (AUC)"),
        Text(
            ko="찾아야 할 것 하나와 아닌 것 하나를 놓았을 때 앞의 것에 더 높은 점수를 줄 확률. 0.5는 어림짐작.",
            en="The chance that one that should be found scores higher than one that should not; 0.5 is guessing.",
        ),
        "ISO/IEC TS 4213",
    ),
    Term(
        "mean_absolute_error",
        Text(ko="평균 절대 오차", en="mean absolute error"),
        Text(
            ko="추정값이 실제 값에서 벗어난 크기의 평균. 낮을수록 좋습니다.",
            en="The mean distance of an estimate from the true value; lower is better.",
        ),
    ),
    Term(
        "d_prime",
        Text(ko="식별력(d′)", en="sensitivity index (d′)"),
        Text(
            ko="찾아야 할 것과 아닌 것을 가르는 힘을 표준편차로 나타낸 값. 0은 어림짐작, 높을수록 좋습니다.",
            en="How well a reader tells targets from non-targets, in standard deviations; 0 is guessing, higher is "
            "better.",
        ),
        "Green and Swets 1966; Hautus 1995",
    ),
)
_RUNS = (
    Term(
        "gate",
        Text(ko="모델 검사", en="gate"),
        Text(
            ko="모델 파일을 실행하지 않고 살펴, 받아들일 수 없는 사유를 모두 알려 주는 단계.",
            en="Looks at a model file without running it and names every reason for which it is refused.",
        ),
    ),
    Term(
        "sandbox_level",
        Text(ko="격리 수준", en="sandbox level"),
        Text(
            ko="모델이 밖과 얼마나 떨어져 도는지. 1은 파일과 신호 차단, 2는 네트워크와 시스템 호출까지 차단.",
            en="How far a model is kept apart while it runs: 1 no files and no signals, 2 also no network and few "
            "system calls.",
        ),
    ),
    Term(
        "budget",
        Text(ko="실행 횟수", en="budget"),
        Text(
            ko="한 기관이 봉인 자료에 물어볼 수 있는 횟수. 답을 들을 때마다 자료를 조금씩 알게 되기 때문입니다.",
            en="How often an organisation may ask sealed data: every answer teaches something about them.",
        ),
    ),
    Term(
        "ladder",
        Text(ko="점수 사다리", en="Ladder"),
        Text(
            ko="지금까지의 최고 점수를 한 단계 넘게 이길 때만 새 점수를 보이는 방법.",
            en="Shows a new score only where it clearly beats the best one shown so far.",
        ),
        "Blum and Hardt 2015",
    ),
    Term(
        "verdict",
        Text(ko="판정", en="verdict"),
        Text(
            ko="입증, 미입증, 열등, 판단 불가 가운데 하나. 규칙은 봉인을 열기 전에 등록했습니다.",
            en="Proven, not proven, inferior or undecidable, by a rule that was registered before the seal was opened.",
        ),
    ),
    Term(
        "proof",
        Text(ko="입증서", en="proof"),
        Text(
            ko="자료 없이도 누구나 판정을 다시 계산해 볼 수 있는 서명된 파일.",
            en="A signed file from which anybody computes the verdict again, without the data.",
        ),
        "DSSE; ISO/IEC TS 4213",
    ),
    Term(
        "acceptance_test",
        Text(ko="수용시험", en="acceptance test"),
        Text(
            ko="다른 기관의 입증서를 믿기 전에, 우리 기관의 작은 봉인 자료로 다시 해 보는 시험.",
            en="The receiving site's own test of a proof on a small sealed set of its own.",
        ),
    ),
)
_VAULT = (
    Term(
        "deposit",
        Text(ko="기탁", en="deposit"),
        Text(
            ko="자료의 주인이 목적, 법적 근거, 기간을 정해 봉인해 맡긴 자료.",
            en="Data that their owner left here sealed, for a stated purpose, legal ground and time.",
        ),
    ),
    Term(
        "grant",
        Text(ko="이용승인", en="grant"),
        Text(
            ko="어느 사업의 누가 무엇을 위해 언제까지 열 수 있는지의 허락. 언제든 거둘 수 있습니다.",
            en="Permission for named persons of a project to open a deposit, for a purpose and a time; revoked at "
            "any moment.",
        ),
    ),
    Term(
        "lineage",
        Text(ko="계보", en="lineage"),
        Text(
            ko="무엇이 무엇에서 만들어졌는지. 원본을 지우면 거기서 나온 것도 모두 함께 지워집니다.",
            en="What was made from what. When an object is deleted, everything made of it goes with it.",
        ),
        "W3C PROV",
    ),
    Term(
        "masking",
        Text(ko="비식별", en="masking"),
        Text(
            ko="개인정보를 찾아 가린 사본을 만드는 것. 무엇을 몇 개 가렸는지만 기록합니다.",
            en="A copy in which personal data are covered; only counts of what was covered are kept.",
        ),
        "개인정보 보호법",
    ),
    Term(
        "croissant",
        Text(ko="Croissant 설명", en="Croissant description"),
        Text(
            ko="자료 목록에 올릴 수 있는, 정해진 형식의 자료 설명. 봉인된 내용은 들어 있지 않습니다.",
            en="A description of the data in a standard form for catalogues; it holds no sealed content.",
        ),
        "MLCommons Croissant 1.0",
    ),
    Term(
        "keyed_hash",
        Text(ko="열쇠 해시", en="keyed hash"),
        Text(
            ko="기록을 가진 쪽과 이 기관만 장부에서 찾을 수 있고 남은 짐작할 수 없는 값.",
            en="A value by which who holds a record finds it in the ledger, and nobody else can guess it.",
        ),
        "HMAC, RFC 2104",
    ),
    Term(
        "export_review",
        Text(ko="반출 심사", en="export review"),
        Text(
            ko="실증랩 밖으로 나가려는 파일을, 작성자가 아닌 두 사람이 살펴보는 것.",
            en="Two persons other than the author look at what is to leave the lab.",
        ),
    ),
    Term(
        "small_cells",
        Text(ko="작은 칸", en="small cells"),
        Text(
            ko="표에서 5건 미만인 칸. 사람이나 물품 하나를 가리킬 수 있어 확인해야 합니다.",
            en="Cells of a table with fewer than five cases: they may point at single persons or goods.",
        ),
    ),
    Term(
        "public_register",
        Text(ko="공개 대장", en="public register"),
        Text(
            ko="실증랩이 누구의 자료로 어떤 근거에서 무엇을 하고 무엇을 내보냈는지, 누구나 볼 수 있는 대장.",
            en="What the lab does with whose data on which ground, and what left; for everybody.",
        ),
    ),
)
_TRIALS = (
    Term(
        "shadow_trial",
        Text(ko="그림자 시험", en="shadow trial"),
        Text(
            ko="담당자가 일하는 동안 모델이 보이지 않게 같은 물품에 답하고, 끝에 가서 비교하는 시험.",
            en="A model answers the same goods unseen while officers work, and is compared at the end.",
        ),
    ),
    Term(
        "assisted_trial",
        Text(ko="보조 시험", en="assisted trial"),
        Text(
            ko="같은 담당자가 같은 물품을 모델의 도움 없이 한 번, 도움을 받아 한 번 읽는 시험.",
            en="The same officers read the same goods without and with the model's help.",
        ),
    ),
    Term(
        "washout",
        Text(ko="두 회차 사이", en="washout"),
        Text(
            ko="같은 물품을 다시 읽기까지 두는 날수. 앞의 답을 잊게 하려는 것입니다.",
            en="Days between two readings of the same goods, so that the first answer is forgotten.",
        ),
    ),
    Term(
        "commitment",
        Text(ko="봉인 해시", en="commitment"),
        Text(
            ko="모델의 답을 감춘 채 미리 약속해 두는 값. 나중에 답이 바뀌지 않았음을 보여 줍니다.",
            en="Fixes the model's answer while hiding it, and shows later that it was not changed.",
        ),
        "SHA-256",
    ),
    Term(
        "unblinding",
        Text(ko="눈가림 풀기", en="unblinding"),
        Text(
            ko="시험이 끝난 뒤 모든 답과 사실을 함께 여는 것.",
            en="Opening all answers and truths together, once the trial has ended.",
        ),
        "ICH E9",
    ),
    Term(
        "random_check",
        Text(ko="무작위 확인", en="random check"),
        Text(
            ko="내보낸 물품 가운데 추첨된 것을, 결정하지 않은 다른 사람이 열어 보는 일. 놓친 것을 알기 위해서입니다.",
            en="Goods that were let go and then drawn by lot are opened by somebody else, to learn what was missed.",
        ),
    ),
    Term(
        "monitor",
        Text(ko="감시", en="monitor"),
        Text(
            ko="시험 도중 언제 보아도 오류율이 그대로인 감시. 경계를 넘으면 등록한 규칙대로 멈춥니다.",
            en="May be looked at any time without changing the error rate; crossing a boundary stops the trial as "
            "registered.",
        ),
        "Waudby-Smith and Ramdas 2024",
    ),
    Term(
        "e_value",
        Text(ko="증거값(e값)", en="e-value"),
        Text(
            ko="‘모델이 낫지 않다’가 틀렸다는 쪽에 걸었다면 판돈이 몇 배가 되었을지. 20배면 5% 오류율의 증거입니다.",
            en="How many times a stake has grown by betting against “no better”; 20 is evidence at an error rate of "
            "5 %.",
        ),
        "Ville 1939",
    ),
    Term(
        "out_of_order",
        Text(ko="순서 어긋남", en="out of order"),
        Text(
            ko="모델의 답이 봉인되기 전에 담당자가 결정한 사례. 비교에 넣지 않습니다.",
            en="The officer decided before the model's answer was sealed; such a case does not count.",
        ),
    ),
    Term(
        "missing",
        Text(ko="결측 한도", en="most missing"),
        Text(
            ko="사실이나 답을 끝내 알 수 없는 사례가 이 비율을 넘으면 판정하지 않습니다.",
            en="Where truth or answer stays unknown for more than this share, there is no verdict.",
        ),
    ),
)
TERMS = (*_PROBLEMS, *_METRICS, *_RUNS, *_VAULT, *_TRIALS)
