"""Every place that parses bytes is listed with the reason why none of them can cost the service much.

A new call of a parser is red here until its module is put into one of the three groups.
"""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "pandok"

PARSERS = {
    "Image.open",
    "PdfReader",
    "XMLParser",
    "cbor.decode",
    "csv.DictReader",
    "csv.reader",
    "decode",
    "gzip.open",
    "json.load",
    "json.loads",
    "jwt.decode",
    "load_workbook",
    "np.load",
    "onnx.load",
    "onnx.load_from_string",
    "pickle.load",
    "pickle.loads",
    "tarfile.open",
    "tomllib.load",
    "tomllib.loads",
    "yaml.load",
    "yaml.safe_load",
    "zipfile.ZipFile",
}
METHODS = ("model_validate_json", "ParseFromString", "from_dict")

IN_BOUNDS = {
    # Runs in a parsing process (engines/decoding), in the sandbox, or in the process of a run.
    "engines/decoding/hidden.py",
    "engines/decoding/picture.py",
    "engines/decoding/printed.py",
    "engines/decoding/shown.py",
    "engines/describing/values.py",  # the job that indexes
    "engines/documents/pdf_words.py",
    "engines/documents/shared_copy.py",
    "engines/documents/workbook_words.py",
    "engines/feeding/pictures.py",  # the job of a run; size and pixels are capped
    "engines/feeding/tables.py",
    "engines/onnx_gate/gate.py",
    "engines/proof_pack/files.py",
    "engines/proof_pack/parsed.py",
    "engines/proof_pack/ledger.py",
    "lab/packs/files.py",
    "lab/packs/problem_file.py",
    "lab/packs/rows.py",
    "lab/submissions/sample_file.py",
    "lab/submissions/sheet_file.py",
    "lab/submissions/unpacking.py",
    "readers/designs/photograph.py",
    "register/importers/csv_folder.py",
    "register/importers/service_answer.py",
    "register/importers/xml_stream.py",
    "register/pictures.py",
}
CAPPED = {
    # Parsed where it stands: its size is capped before, and the parser's work grows with the size alone.
    "desk/audit/anchor.py": "10 kB",
    "desk/signals/readings.py": "the header of a picture that was decoded within bounds before",
    "engines/decoding/pool.py": "an answer of a parsing process, 80 MB",
    "engines/documents/reading.py": "an answer of a parsing process, 100 MB",
    "engines/near_copies/case_prints.py": "JSON of 1 MB, pictures in bounds",
    "engines/near_copies/prints.py": "JSON of 1 MB, longer in bounds; lines one by one",
    "engines/openid_keys.py": "a key set of 1 MB, 100 keys, numbers of 3,000 letters",
    "engines/openid_provider.py": "an answer of 1 MB, a token within it",
    "engines/passkeys.py": "an answer of the browser of 20 kB",
    "engines/proof_pack/elsewhere.py": "an answer of a parsing process, 4 MB",
    "engines/sandbox/child.py": "an answer of the sandbox, capped there",
    "engines/sandbox/declared.py": "an answer of the sandbox, capped there",
    "engines/sandbox/sandbox.py": "an answer of the sandbox, capped there",
    "engines/sandbox/self_test.py": "an answer of the sandbox, capped there",
    "engines/upload_client.py": "an answer of the lab of 4 MB, at the company's desk",
    "lab/exports/json_there.py": "1 MB, larger in bounds",
    "lab/exports/sealed_index.py": "50,000 members, 200 times the size of the zip in all",
    "lab/submissions/opening.py": "an answer of a parsing process, of at most the public cases",
    "lab/vault/incoming.py": "a zip of vault_upload_mb: members counted before, content before it grows",
    "lab/vault/masking/table_form.py": "1 MB, larger in bounds or in the job that masks; 20 million cells",
    "web/api/paging.py": "a cursor within an address of 8 kB",
    "web/api/parsing.py": "a body of 1 MB",
    "web/api/resources/cases.py": "a cursor within an address of 8 kB",
    "web/views/passkeys.py": "20 kB",
}
OWN = {
    # Made by this site, or by the operator at the command line, who may run any program here.
    "cli/lab_submission.py",
    "cli/reader_submission.py",
    "cli/write_evidence.py",
    "desk/cases/law.py",
    "desk/evaluation/table.py",
    "desk/people/openid.py",
    "desk/retention/policy.py",
    "engines/backup/pool.py",  # its signature is checked first
    "engines/backup/sealed_keys.py",
    "engines/backup/signature.py",
    "engines/clock_note.py",
    "engines/decoding/child.py",
    "engines/encoder_constants.py",
    "engines/exact_index.py",
    "engines/index_card.py",
    "engines/index_manifest.py",
    "engines/model_store.py",
    "engines/onnx_gate/nodes.py",
    "engines/reader_files.py",
    "engines/sandbox/inside/main.py",
    "engines/vault/deposit_keys.py",
    "engines/vault/envelope.py",
    "lab/packs/bundles.py",
    "lab/proofs/heads.py",
    "lab/scoring/keeping.py",
    "lab/scrubbing.py",
    "lab/shadow/handing_over.py",
    "lab/shadow/sealing.py",
    "lab/shadow/submitted.py",
    "lab/shipped_packs/declarations.py",
    "lab/shipped_packs/floods.py",
    "lab/shipped_packs/retrieval.py",
    "lab/shipped_packs/table.py",
    "lab/shipped_packs/untuned.py",
    "register/seen.py",
    "settings.py",
}


def parsing_modules() -> set[str]:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in PARSERS or called.rpartition(".")[2] in METHODS:
                    found.add(path.relative_to(PACKAGE).as_posix())
    return found


def test_every_place_that_parses_bytes_is_listed_with_its_bounds() -> None:
    assert parsing_modules() == IN_BOUNDS | CAPPED.keys() | OWN


def test_no_place_is_listed_twice() -> None:
    assert not IN_BOUNDS & CAPPED.keys()
    assert not OWN & (IN_BOUNDS | CAPPED.keys())
