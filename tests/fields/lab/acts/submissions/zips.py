"""Submissions as zips, good and bad; each bad one says which codes it must meet."""

from __future__ import annotations

import io
import json
import pickle
import stat
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from onnx import TensorProto, helper

from tests.fields.lab.acts.runs.fakes import score_of, sheet_values

Built = Callable[[], bytes]
BAD: dict[str, tuple[Built, set[str]]] = {}


def bad(*codes: str) -> Callable[[Built], Built]:
    def add(build: Built) -> Built:
        BAD[build.__name__] = (build, set(codes))
        return build

    return add


def sum_model(columns: int = 2) -> bytes:
    """y = the sum of the columns."""
    graph = helper.make_graph(
        [helper.make_node("ReduceSum", ["x", "axis"], ["y"], keepdims=1)],
        "sum",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ("n", columns))],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ("n", 1))],
        [helper.make_tensor("axis", TensorProto.INT64, (1,), [1])],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    return bytes(made.SerializeToString())


def loop_model() -> bytes:
    """Holds a subgraph, which the gate refuses."""
    body = helper.make_graph(
        [helper.make_node("Identity", ["c"], ["d"]), helper.make_node("Identity", ["a"], ["b"])],
        "body",
        [
            helper.make_tensor_value_info("i", TensorProto.INT64, ()),
            helper.make_tensor_value_info("c", TensorProto.BOOL, ()),
            helper.make_tensor_value_info("a", TensorProto.FLOAT, None),
        ],
        [
            helper.make_tensor_value_info("d", TensorProto.BOOL, ()),
            helper.make_tensor_value_info("b", TensorProto.FLOAT, None),
        ],
    )
    graph = helper.make_graph(
        [helper.make_node("Loop", ["", "go", "x"], ["y"], body=body)],
        "endless",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ("n", 2))],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ("n", 2))],
        [helper.make_tensor("go", TensorProto.BOOL, (), [True])],
    )
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    return bytes(made.SerializeToString())


def samples(count: int = 30) -> bytes:
    return ("case_id,y\n" + "".join(f"p{one:03d},{score_of(one)}\n" for one in range(count))).encode()


def files(**changes: bytes | None) -> dict[str, bytes]:
    """The four files; a change to None leaves one out. Names with a double underscore for the dot."""
    found: dict[str, bytes | None] = {
        "model.onnx": sum_model(),
        "submission.json": json.dumps(sheet_values()).encode(),
        "card.md": "# 합계 모델\n".encode(),
        "sample_outputs.csv": samples(),
    }
    found |= {name.replace("__", "."): data for name, data in changes.items()}
    return {name: data for name, data in found.items() if data is not None}


def zipped(parts: Mapping[str, bytes] | None = None, *more: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in (files() if parts is None else parts).items():
                archive.writestr(name, data)
            for info, data in more:
                archive.writestr(info, data)
    return target.getvalue()


def sheet(**changes: Any) -> bytes:
    return json.dumps(sheet_values(**changes)).encode()


def entry(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


@bad("upload.empty")
def nothing() -> bytes:
    return b""


@bad("upload.not_zip")
def plain_text() -> bytes:
    return b"here is my model" * 10


@bad("upload.not_zip")
def a_bare_model() -> bytes:
    return sum_model()


@bad("upload.not_zip")
def a_tar() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        info = tarfile.TarInfo("model.onnx")
        archive.addfile(info, io.BytesIO())
    return target.getvalue()


@bad("upload.not_zip")
def a_program_before_the_zip() -> bytes:
    return b"MZ\x90\x00" + zipped()


@bad("upload.not_zip")
def something_behind_the_zip() -> bytes:
    return zipped() + b"#!/bin/sh\n"


@bad("upload.not_zip")
def a_comment() -> bytes:
    target = io.BytesIO(zipped())
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"PK\x05\x06 hides here"
    return target.getvalue()


@bad("upload.not_zip")
def truncated() -> bytes:
    return zipped()[:-40]


@bad("upload.damaged")
def a_flipped_byte() -> bytes:
    data = bytearray(zipped())
    place = data.index(b"model.onnx") + len("model.onnx") + 20
    data[place] ^= 0xFF
    return bytes(data)


@bad("upload.damaged")
def two_names_for_one_entry() -> bytes:
    return zipped().replace(b"card.md", b"cArd.md", 1)


@bad("upload.path")
def climbs_out() -> bytes:
    return zipped(None, ("../../etc/cron.d/model.onnx", b"x"))


@bad("upload.path")
def climbs_out_the_other_way() -> bytes:
    return zipped(None, ("..\\..\\model.onnx", b"x"))


@bad("upload.path")
def an_absolute_path() -> bytes:
    return zipped(None, ("/etc/passwd", b"x"))


@bad("upload.path")
def a_drive() -> bytes:
    return zipped(None, ("C:model.onnx", b"x"))


@bad("upload.path")
def a_name_with_a_nul() -> bytes:
    return zipped(None, ("model.onnxX.py", b"x")).replace(b"model.onnxX.py", b"model.onnx\0.py")


@bad("upload.link")
def a_link() -> bytes:
    rest = files(card__md=None)
    return zipped(rest, (entry("card.md", stat.S_IFLNK | 0o777), b"/etc/passwd"))


@bad("upload.link")
def a_device() -> bytes:
    return zipped(files(card__md=None), (entry("card.md", stat.S_IFCHR | 0o666), b""))


@bad("upload.unknown_file")
def a_folder_around_it() -> bytes:
    return zipped({f"submission/{name}": data for name, data in files().items()})


@bad("upload.unknown_file")
def another_case_of_letters() -> bytes:
    return zipped(files(card__md=None), ("CARD.MD", b"card"))


@bad("upload.unknown_file")
def thousands_of_entries() -> bytes:
    return zipped(None, *((f"{one}", b"") for one in range(3000)))


@bad("upload.twice")
def the_model_twice() -> bytes:
    return zipped(None, ("model.onnx", loop_model()))


@bad("upload.missing_file")
def no_card_and_no_samples() -> bytes:
    return zipped(files(card__md=None, sample_outputs__csv=None))


@bad("upload.code")
def python_beside_it() -> bytes:
    return zipped(None, ("preprocess.py", b"import os"))


@bad("upload.code")
def a_pickle_beside_it() -> bytes:
    return zipped(None, ("model.pkl", pickle.dumps([1])))


@bad("upload.nested")
def a_zip_inside() -> bytes:
    return zipped(None, ("more.zip", zipped()))


@bad("upload.nested")
def a_zip_called_card() -> bytes:
    return zipped(files(card__md=zipped()))


@bad("file.disguised")
def a_pickle_called_model() -> bytes:
    return zipped(files(model__onnx=pickle.dumps({"weights": [1.0]})))


@bad("file.disguised")
def a_zip_called_model() -> bytes:
    return zipped(files(model__onnx=zipped()))


@bad("file.disguised")
def a_program_called_model() -> bytes:
    return zipped(files(model__onnx=b"\x7fELF" + bytes(100)))


@bad("upload.encrypted")
def encrypted() -> bytes:
    data = bytearray(zipped())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@bad("upload.bomb")
def a_card_that_unpacks_to_a_gigabyte() -> bytes:
    return zipped(files(card__md=bytes(1 << 20)))


@bad("card.not_text")
def a_bomb_that_lies_about_its_size() -> bytes:
    """The stream holds 200 kB, headers and directory claim 100 bytes: no more than these are read."""
    real, claimed = bytes(200 << 10), bytes(100)
    data = zipped(files(card__md=None), ("card.md", real))
    for honest, lie in ((len(real), len(claimed)), (zlib.crc32(real), zlib.crc32(claimed))):
        data = data.replace(struct.pack("<I", honest), struct.pack("<I", lie))
    return data


@bad("sheet.not_json")
def a_sheet_that_is_no_json() -> bytes:
    return zipped(files(submission__json=b"{problem: parcels}"))


@bad("sheet.not_json")
def a_sheet_with_nan() -> bytes:
    return zipped(files(submission__json=sheet(threshold=float("nan"))))


@bad("sheet.not_json")
def a_sheet_without_a_bottom() -> bytes:
    return zipped(files(submission__json=b'{"a":' * 200_000))


@bad("sheet.repeated")
def a_sheet_with_a_field_twice() -> bytes:
    return zipped(files(submission__json=b'{"problem": "parcels", "problem": "parcels"}'))


@bad("sheet.unknown", "sheet.missing", "sheet.value")
def a_sheet_with_every_fault() -> bytes:
    values = sheet_values(command="rm -rf /", sample_tolerance=7)
    del values["licence"]
    return zipped(files(submission__json=json.dumps(values).encode()))


@bad("sheet.value")
def a_sheet_with_a_number_as_words() -> bytes:
    return zipped(files(submission__json=sheet(sample_tolerance="0.001")))


@bad("sheet.value")
def a_step_that_is_not_on_the_list() -> bytes:
    return zipped(files(submission__json=sheet(preprocess=[{"step": "python", "code": "1"}])))


@bad("sheet.value")
def a_step_of_another_kind_of_input() -> bytes:
    steps = [{"step": "layout", "order": "NCHW"}]
    return zipped(files(submission__json=sheet(preprocess=steps)))


@bad("sheet.other_problem")
def for_another_problem() -> bytes:
    return zipped(files(submission__json=sheet(problem="floods")))


@bad("sheet.model_input")
def an_input_that_the_model_lacks() -> bytes:
    return zipped(files(submission__json=sheet(model_input="pixels")))


@bad("sheet.model_output")
def an_output_that_the_model_lacks() -> bytes:
    return zipped(files(submission__json=sheet(model_output="label")))


@bad("card.empty")
def an_empty_card() -> bytes:
    return zipped(files(card__md=b" \n"))


@bad("card.not_text")
def a_card_in_another_encoding() -> bytes:
    return zipped(files(card__md="합계".encode("euc-kr")))


@bad("samples.not_csv")
def samples_in_utf_16() -> bytes:
    return zipped(files(sample_outputs__csv=samples().decode().encode("utf-16")))


@bad("samples.columns")
def samples_without_a_head() -> bytes:
    return zipped(files(sample_outputs__csv=b"p000,1\n"))


@bad("samples.number")
def samples_that_are_no_numbers() -> bytes:
    return zipped(files(sample_outputs__csv=samples().replace(b"p003,9.5", b"p003,nan")))


@bad("samples.unknown_case")
def samples_of_a_sealed_case() -> bytes:
    return zipped(files(sample_outputs__csv=samples() + b"feedback-0001,1\n"))


@bad("samples.repeated")
def samples_twice() -> bytes:
    return zipped(files(sample_outputs__csv=samples() + b"p003,9.5\n"))


@bad("samples.too_few")
def three_samples() -> bytes:
    return zipped(files(sample_outputs__csv=samples(3)))


@bad("graph.subgraph")
def a_loop() -> bytes:
    return zipped(files(model__onnx=loop_model()))


@bad("file.not_onnx")
def garbage_called_model() -> bytes:
    return zipped(files(model__onnx=b"\x08\x09garbage" * 50))


@bad("sheet.missing", "card.empty", "samples.columns", "file.empty")
def everything_wrong_at_once() -> bytes:
    return zipped(files(model__onnx=b"", submission__json=b"{}", card__md=b"", sample_outputs__csv=b""))
