"""The table of native functions against the header and the list of symbols."""

from __future__ import annotations

import json
import re
from ctypes import POINTER, c_char_p, c_int32, c_uint32, c_uint64

from conftest import PROJECT

import learnerlink
from learnerlink import _constants as constants
from learnerlink._native import FUNCTIONS

HEADER = (PROJECT / "include/learnerlink.h").read_text("utf-8")
HANDLES = "text|error|plugin|op|queue"
PLAIN = {"int32_t": c_int32, "uint32_t": c_uint32, "uint64_t": c_uint64, "char *": c_char_p, "const char *": c_char_p}


def kind(declared):
    """The ctypes type of a C parameter or result."""
    declared = re.sub(r"\w+$", "", declared.strip()).strip() if re.search(r"[ *]\w+$", declared.strip()) else declared
    declared = re.sub(rf"learnerlink_({HANDLES})\b", "uint64_t", declared)
    declared = re.sub(r"learnerlink_(status|op_state)\b", "int32_t", declared)
    if declared in PLAIN:
        return PLAIN[declared]
    return POINTER(PLAIN[declared[:-1].strip()])


def prototypes():
    pattern = r"LEARNERLINK_API (.+?)\s*LEARNERLINK_CALL (learnerlink_\w+)\(([^)]*)\)"
    for result, name, parameters in re.findall(pattern, HEADER):
        listed = [] if parameters.strip() == "void" else [part for part in parameters.split(",")]
        yield name, (kind(result.strip() + " x"), tuple(kind(" ".join(part.split())) for part in listed))


def test_the_functions_are_declared_as_in_the_header():
    declared = dict(prototypes())
    assert {name: declared[name] for name in FUNCTIONS} == FUNCTIONS


def test_every_symbol_is_called_started_by_name_or_not_needed():
    symbols = set((PROJECT / "include/learnerlink.symbols").read_text().split())
    named = {f"learnerlink_{name}" for name in constants.OPERATIONS}
    # To wait in slices does what polling does, and nothing shows progress.
    assert symbols == set(FUNCTIONS) | named | {"learnerlink_op_poll", "learnerlink_op_progress"}


def test_constants_are_those_of_the_header():
    found = {name: int(value) for name, value in re.findall(r"LEARNERLINK_STATUS_(\w+) = (\d+)", HEADER)}
    assert {status.name: status.value for status in constants.Status} == found
    states = {name: int(value) for name, value in re.findall(r"LEARNERLINK_OP_STATE_(\w+) = (\d+)", HEADER)}
    assert {state.name: state.value for state in constants.OpState} == states


def test_the_library_has_the_operations_and_errors_that_the_package_knows():
    catalogue = learnerlink.describe()
    assert tuple(operation["name"] for operation in catalogue["operations"]) == constants.OPERATIONS
    assert {e["code"]: e["status"] for e in catalogue["errors"]} == {s.name: s.value for s in constants.Status}
    assert {e["status"] for e in catalogue["errors"] if e["retriable"]} == constants.RETRIABLE
    assert catalogue == json.loads((PROJECT / "include/catalogue.json").read_text("utf-8"))
