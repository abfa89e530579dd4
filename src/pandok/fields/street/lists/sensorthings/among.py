"""A column against many numbers as one value of the statement: as a value each, 20,000 numbers cost more than the
rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func, TextField, Value


class Among(Func):
    """A condition: `column`, a whole number, is one of `numbers`."""

    arg_joiner = " IN (SELECT value FROM json_each("
    template = "%(expressions)s))"
    output_field = BooleanField()

    def __init__(self, column: str, numbers: Iterable[int]):
        super().__init__(F(column), Value(json.dumps(list(numbers)), output_field=TextField()))

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        joiner = " IN (SELECT CAST(value AS bigint) FROM jsonb_array_elements_text(CAST("
        return self.as_sql(compiler, connection, arg_joiner=joiner, template="%(expressions)s AS jsonb)))")
