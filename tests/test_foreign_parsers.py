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
    "engines/data_quality/data_files.py",  # the same: a zip of this house
    "engines/data_quality/in_child.py",
    "engines/data_quality/personal_left.py",  # the process of a report on a data set
    "engines/decoding/hidden_data.py",
    "engines/decoding/picture.py",
    "engines/decoding/print_pictures.py",
    "engines/decoding/browser_pictures.py",
    "engines/describing/values.py",  # the job that indexes
    "engines/documents/pdf_words.py",
    "engines/documents/shared_copy.py",
    "engines/documents/workbook_words.py",
    "engines/feeding/pictures.py",  # the job of a run; size and pixels are capped
    "engines/feeding/tables.py",
    "engines/onnx_gate/gate.py",
    "engines/hand_over/package.py",
    "engines/proof_pack/pack_bytes.py",
    "engines/proof_pack/parsed.py",
    "engines/proof_pack/ledger.py",
    "fields/lab/acts/packs/pack_files.py",
    "fields/lab/acts/packs/problem_file.py",
    "fields/lab/acts/packs/strict_csv.py",
    "fields/lab/acts/submissions/sample_file.py",
    "fields/lab/acts/submissions/sheet_file.py",
    "fields/lab/acts/submissions/unpacking.py",
    "readers/designs/photograph.py",
    # Files of machines, in the process of engines/scans.
    "readers/xray/formats/dicom_pixels.py",
    "readers/xray/formats/own_block.py",
    "readers/xray/formats/picture.py",
    "readers/xray/formats/png.py",
    "readers/xray/formats/sidecar.py",
    "readers/xray/formats/tiff.py",
    "fields/register/importers/csv_folder.py",
    "fields/register/importers/service_answer.py",
    "fields/register/importers/xml_stream.py",
    "fields/register/acts/picture_facts.py",
    "fields/street/cap_reading.py",
}
CAPPED = {
    # Parsed where it stands: its size is capped before, and the parser's work grows with the size alone.
    "common/audit/anchor.py": "10 kB",
    "fields/designs/acts/readings.py": "the header of a picture that was decoded within bounds before",
    "engines/decoding/pool.py": "an answer of a parsing process, 80 MB",
    "engines/documents/parser.py": "an answer of a parsing process, 100 MB",
    "engines/near_copies/case_prints.py": "JSON of 1 MB, pictures in bounds",
    "engines/near_copies/prints.py": "JSON of 1 MB, longer in bounds; lines one by one",
    "engines/sign_in/openid_keys.py": "a key set of 1 MB, 100 keys, numbers of 3,000 letters",
    "engines/sign_in/openid_provider.py": "an answer of 1 MB, a token within it",
    "engines/sign_in/passkeys.py": "an answer of the browser of 20 kB",
    "engines/hand_over/elsewhere.py": "an answer of a parsing process, its statement of 100 kB",
    "engines/proof_pack/elsewhere.py": "an answer of a parsing process, 4 MB",
    "engines/sandbox/child.py": "an answer of the sandbox, capped there",
    "engines/sandbox/protocol/declared_tensors.py": "an answer of the sandbox, capped there",
    "engines/sandbox/sandbox.py": "an answer of the sandbox, capped there",
    "engines/sandbox/self_test.py": "an answer of the sandbox, capped there",
    "engines/files/upload_client.py": "an answer of the lab of 4 MB, at the company's desk",
    "fields/lab/acts/exports/json_in_child.py": "1 MB, larger in bounds",
    "fields/lab/acts/exports/sealed_index.py": "50,000 members, 200 times the size of the zip in all",
    "fields/lab/acts/submissions/upload_in_child.py": "an answer of a parsing process, of at most the public cases",
    "fields/lab/acts/vault/uploads.py": "a zip of vault_upload_mb: members counted before, content before it grows",
    "fields/lab/acts/vault/masking/table_form.py": "1 MB, larger in bounds or in the job that masks; 20 million cells",
    "web/api/paging.py": "a cursor within an address of 8 kB",
    "web/api/parsing.py": "a body of 1 MB",
    "fields/counterfeit/api/cases.py": "a cursor within an address of 8 kB",
    "common/web/views/passkeys.py": "20 kB",
    "fields/xray/web/forms.py": "a hidden field of 20,000 letters",
    "fields/programme/acts/data_sets/held_uploads.py": "a zip that is written here",
    "fields/programme/acts/data_sets/keeping.py": "a plan of 200 kB",
    "fields/programme/acts/data_sets/quality_job.py": "a zip that is written here, of 300 MB",
    "fields/programme/cli/data_quality.py": "a plan of 200 kB",
    "fields/street/acts/importing_boundaries.py": "a file of 4 MB at the command line, 2,000 shapes, 200,000 points",
    "fields/street/cli/registered_replays.py": "a plan of 64 KB at the command line",
    "fields/street/acts/outside_records.py": "a table of 1 MB and 5,000 rows",
    "fields/street/command_messages.py": "a message of 4,096 bytes",
    "fields/street/sensorthings/asked_entities.py": "a body of 1 MB",
    "fields/street/messages.py": "a message of 65,536 bytes and 500 readings; a batch of 1 MB; an answer of 512 bytes",
}
OWN = {
    "common/models/webhooks.py",  # a body that this site wrote
    # Made by this site, or by the operator at the command line, who may run any program here.
    "fields/academy/open_courses/shelf.py",
    "fields/academy/open_courses/running.py",  # at the command line, what the learner's own notebook printed
    "fields/lab/cli/submission.py",
    "fields/xray/acts/files/converting.py",
    "fields/xray/acts/files/importing.py",
    "readers/xray/colour/palette.py",
    "readers/xray/colour/standard.py",
    "readers/xray/physics/spectra.py",
    "readers/xray/physics/wedge_table.py",
    "fields/lab/cli/reader_submission.py",
    "fields/designs/cli/write_evidence.py",
    "fields/counterfeit/law/law_versions.py",
    "fields/designs/evaluation/csv_table.py",
    "common/people/openid.py",
    "common/records/retention_policies.py",
    "engines/proof_pack/signed_report.py",  # its signature is checked before its content is read
    "readers/xray/quality/object_report.py",
    "demo/storm/poles.py",
    "engines/backup/pool.py",  # its signature is checked first
    "engines/backup/sealed_keys.py",
    "engines/backup/signature.py",
    "engines/files/clock_note.py",
    "engines/decoding/child.py",
    "engines/encoders/constants.py",
    "engines/index/exact.py",
    "engines/index/card.py",
    "engines/index/manifest.py",
    "engines/encoders/model_store.py",
    "engines/onnx_gate/nodes.py",
    "engines/encoders/reader_files.py",
    "engines/streetlights/flood_model.py",  # its sha256 is compared first
    "engines/scans/help_model.py",  # shipped, or accepted in the lab: its sha256 is compared first
    "readers/xray/embedding.py",  # shipped beside it, no pickle
    "fields/street/pole_devices.py",  # the pole's own disk
    "fields/street/spool.py",  # the pole's own disk
    "fields/street/hazards_of_site.py",  # a state that this site wrote
    "fields/programme/cli/spread.py",  # the operating sheet at the command line; its shape is checked
    "fields/street/cli/poles.py",
    "fields/street/cli/edge.py",  # at the pole: what its own devices say
    "fields/street/cli/replays.py",
    "fields/street/lists/sensorthings/shown.py",  # what the same module wrote
    "readers/streetlights/alerts/pole_reader.py",  # a state that this site, or its pole, wrote
    "engines/sandbox/inside/main.py",
    "engines/vault/deposit_keys.py",
    "engines/vault/envelope.py",
    "fields/lab/acts/packs/bundles.py",
    "fields/lab/acts/proofs/signed_heads.py",
    "fields/lab/acts/scoring/sealed_rows.py",
    "fields/lab/acts/scrubbing.py",
    "fields/lab/acts/trials/sealing.py",
    "fields/lab/acts/trials/submitted.py",
    "demo/packs/declarations.py",
    "demo/packs/machines.py",
    "demo/packs/produce.py",
    "demo/packs/simple/pixels.py",
    "demo/packs/source_rows.py",
    "demo/packs/floods.py",
    "demo/packs/smells.py",
    "demo/packs/retrieval.py",
    "demo/packs/table.py",
    "demo/packs/untuned.py",
    "fields/register/lists/designs_of_run.py",
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
