"""The tree of errors. Every leaf says what happened, whose turn it is and what to do next.

PandokError
├── InputError            the person who sent it corrects it
│   ├── PhotographError   a picture cannot be decoded or compared
│   ├── ScanError         an X-ray file cannot be read or written without loss
│   ├── ImportRefused     a register source cannot be read at all
│   └── RequestError      a form, a command or an API call has a wrong value
├── ModelError            the operator repairs a model file or its card
├── StoreError            the operator repairs disk, database or index
└── Unavailable           a part is not installed here; the message names it
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pandok.core.text import Text

Turn = Literal["officer", "operator", "submitter", "pandok"]


class PandokError(Exception):
    """Base of all expected errors.

    `code` is stable for programs; `what` and `next_step` are sentences for people;
    `fields` holds typed details (numbers, file, row).
    """

    code: ClassVar[str] = "pandok"
    turn: ClassVar[Turn] = "pandok"

    def __init__(self, what: Text, next_step: Text, *, code: str | None = None, **fields: Any):
        super().__init__(what.en)
        self.what = what
        self.next_step = next_step
        self.fields = fields
        self.error_code = code or type(self).code

    def __reduce__(self) -> tuple[Any, ...]:
        """So that an error comes whole out of another process: by default it would be made again of its text alone."""
        return _again, (type(self), self.args, self.__dict__)

    def message(self, language: str = "ko") -> str:
        """What happened and what to do, as two sentences in one language."""
        return f"{self.what.in_language(language)} {self.next_step.in_language(language)}"

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.error_code,
            "turn": self.turn,
            "what": self.what.model_dump(),
            "next_step": self.next_step.model_dump(),
            "fields": self.fields,
        }


def _again(kind: type[PandokError], arguments: tuple[Any, ...], state: dict[str, Any]) -> PandokError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(state)
    return error


class InputError(PandokError):
    code: ClassVar[str] = "input"
    turn: ClassVar[Turn] = "officer"


class PhotographError(InputError):
    code = "photograph"


class ScanError(InputError):
    code = "scan"


class ImportRefused(InputError):
    code = "import"
    turn = "operator"


class RequestError(InputError):
    code = "request"


class ModelError(PandokError):
    code = "model"
    turn = "operator"


class StoreError(PandokError):
    code = "store"
    turn = "operator"


class Unavailable(PandokError):
    code = "unavailable"
    turn = "operator"
