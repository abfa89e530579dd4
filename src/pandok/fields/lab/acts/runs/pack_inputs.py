"""The inputs of a run: public cases from the plain zip, sealed ones from the vault. Truths never come here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pandok.core.lab.case import CaseRole
from pandok.core.lab.problem import Part, Task
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.lab.acts.packs.opened_cases import opened_cases, public_cases, sealed_ids
from pandok.fields.lab.acts.runs.run_tools import CaseBytes
from pandok.fields.lab.acts.vault.store import Vault
from pandok.fields.lab.models import ProblemPack, Run


class PackInputs:
    """The cases of a run are the queries of its part and, where vectors are compared, the register after them."""

    def __init__(self, blobs: FolderBlobs, vault: Vault):
        self._blobs, self._vault = blobs, vault

    def public(self, pack: ProblemPack) -> Sequence[CaseBytes]:
        queries = [(case, data) for case, data in public_cases(pack, self._blobs) if case.role is CaseRole.QUERY]
        return [CaseBytes(number, case.case_id, data) for number, (case, data) in enumerate(queries)]

    def sealed_ids(self, run: Run) -> Sequence[str]:
        register = [case.case_id for case in self._register(run)]
        return [*sealed_ids(run.registration, Part(run.part)), *register]

    def sealed(self, run: Run, done: Collection[str]) -> Iterator[CaseBytes]:
        numbers = {case_id: number for number, case_id in enumerate(self.sealed_ids(run))}
        without = frozenset(done)
        for case, data in opened_cases(run.registration, Part(run.part), run, vault=self._vault, without=without):
            yield CaseBytes(numbers[case.case_id], case.case_id, data)
        for one in self._register(run):
            if one.case_id not in without:
                yield CaseBytes(numbers[one.case_id], one.case_id, one.data)

    def _register(self, run: Run) -> list[CaseBytes]:
        """Pictures in everybody's hands, which every model sees for itself."""
        pack = run.submission.pack
        if pack.problem.output.task is not Task.EMBEDDING:
            return []
        found = [(case, data) for case, data in public_cases(pack, self._blobs) if case.role is CaseRole.REGISTER]
        return [CaseBytes(number, case.case_id, data) for number, (case, data) in enumerate(found)]
