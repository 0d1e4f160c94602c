"""Noted code of dataclasses: taken once for the same text, and compiled as ever where none is noted."""

import marshal

from peerkeeper.aws.dataclass_code import before_exec, code, key

TEXT = "def doubled(number: int) -> int:\n return number * 2"
OTHER = "def doubled(number: int) -> int:\n return number * 3"


def test_noted_code_runs_in_place_of_its_text_and_is_given_up():
    noted = {key(TEXT): marshal.dumps(code(OTHER))}
    names = {}
    before_exec(noted)(TEXT, {}, names)
    assert names["doubled"](5) == 15
    assert noted == {}


def test_a_text_that_is_not_noted_is_compiled():
    noted = {key(TEXT): b"not read"}
    names = {}
    before_exec(noted)(OTHER, {}, names)
    assert names["doubled"](5) == 15
    assert set(noted) == {key(TEXT)}


def test_an_annotation_stays_a_value_as_in_the_standard_library():
    names = {}
    before_exec({})(TEXT, {}, names)
    assert names["doubled"].__annotations__ == {"number": int, "return": int}
