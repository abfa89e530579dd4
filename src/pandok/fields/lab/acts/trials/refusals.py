"""What a shadow trial refuses, and what to do instead."""

from __future__ import annotations

from pandok.core.errors import RequestError
from pandok.core.text import Text, counted
from pandok.fields.lab.states.trial_states import TrialState


def no_such_move(old: TrialState, new: TrialState) -> RequestError:
    return RequestError(
        Text(
            ko=f"지금 '{old.words.ko}' 상태라 '{new.words.ko}'(으)로 바꿀 수 없습니다.",
            en=f"The trial is '{old.words.en}' and cannot become '{new.words.en}' by you now.",
        ),
        Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page and see where it stands."),
        code="trial.no_such_move",
        state=old.value,
        wanted=new.value,
    )


def own_trial() -> RequestError:
    return RequestError(
        Text(ko="계획을 쓴 사람은 등록할 수 없습니다.", en="Whoever wrote the protocol cannot register it."),
        Text(ko="다른 평가자에게 등록을 맡기십시오.", en="Have another evaluator register it."),
        code="trial.own",
    )


def locked() -> RequestError:
    return RequestError(
        Text(ko="등록된 계획은 고칠 수 없습니다.", en="A registered protocol cannot be changed."),
        Text(ko="달라져야 하면 새 시험을 만드십시오.", en="Where it must differ, write a new trial."),
        code="trial.locked",
    )


def reader_in_use(name: str) -> RequestError:
    return RequestError(
        Text(
            ko=f"'{name}'은(는) 공무원이 이미 보는 판독기라 눈가림 시험을 할 수 없습니다.",
            en=f"Officers already see '{name}'; it cannot be tried blind.",
        ),
        Text(ko="지금 쓰지 않는 다른 모델을 고르십시오.", en="Choose a model that is not in use."),
        code="trial.reader_in_use",
    )


def not_prepared() -> RequestError:
    return RequestError(
        Text(ko="후보 모델의 등록부 색인이 아직 없습니다.", en="The candidate has no index of the register yet."),
        Text(
            ko="작업기가 색인을 마치면 이 화면에 표시됩니다. 그때 시작하십시오.",
            en="Start when this page says that the worker has made it.",
        ),
        code="trial.not_prepared",
    )


def not_the_registered(name: str) -> RequestError:
    return RequestError(
        Text(ko=f"'{name}'이(가) 등록한 모델과 다릅니다.", en=f"'{name}' is not the model that was registered."),
        Text(ko="등록한 모델을 다시 설치하십시오.", en="Install the registered model again."),
        code="trial.other_candidate",
    )


def truths_awaited(count: int) -> RequestError:
    return RequestError(
        Text(
            ko=f"아직 사실 확인을 기다리는 사건이 {count}건 있습니다.",
            en=f"The truth of {counted(count, 'case')} is still awaited.",
        ),
        Text(
            ko="확인이 끝나거나 등록한 기한이 지난 뒤 눈가림을 푸십시오.",
            en="Unblind when it is known, or when the registered time is over.",
        ),
        code="trial.truths_awaited",
        count=count,
    )


def another_trial() -> RequestError:
    return RequestError(
        Text(ko="같은 세관에서 이미 다른 시험이 진행 중입니다.", en="Another trial is running at one of these sites."),
        Text(ko="그 시험이 끝난 뒤 시작하십시오.", en="Start when that one has ended."),
        code="trial.another",
    )


def no_such_submission(name: str) -> RequestError:
    return RequestError(
        Text(ko=f"'{name[:80]}' 제출물은 시험할 수 없습니다.", en=f"The submission '{name[:80]}' cannot be tried."),
        Text(
            ko="접수된 임베딩 모델 제출물을 고르십시오.",
            en="Choose an accepted submission that describes pictures by vectors.",
        ),
        code="trial.no_such_submission",
    )


def own_decision() -> RequestError:
    return RequestError(
        Text(ko="스스로 결정한 물품은 확인할 수 없습니다.", en="Whoever decided on the goods cannot check them."),
        Text(ko="다른 공무원이나 감독자에게 확인을 맡기십시오.", en="Have another officer or a supervisor check them."),
        code="trial.own_decision",
    )


def checked_before() -> RequestError:
    return RequestError(
        Text(ko="이미 확인 결과가 기록되었습니다.", en="The result of this check is recorded already."),
        Text(ko="다르게 기록해야 하면 감독자에게 알리십시오.", en="Tell a supervisor if it should be another."),
        code="trial.checked_before",
    )


def unknown_design(design_id: str) -> RequestError:
    return RequestError(
        Text(ko=f"등록부에 '{design_id[:60]}' 디자인이 없습니다.", en=f"No design '{design_id[:60]}' is registered."),
        Text(
            ko="번호를 확인하거나, 등록되지 않은 물품이면 그렇게 고르십시오.",
            en="Check the number, or say that the goods show no registered design.",
        ),
        code="trial.unknown_design",
    )
