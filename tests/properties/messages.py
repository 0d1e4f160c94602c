"""Hypothesis strategies: messages as they should not be, from the sample events in both encodings."""

import copy
import itertools
import json
import re
from pathlib import Path

from hypothesis import strategies as st

from peerkeeper_local.cloudtrail.shapes import upper_first
from tests.builders import PCX, SEOUL_TABLE, SEOUL_VPC, SUBNET, TOKYO_TABLE, TOKYO_VPC

EVENTS = Path(__file__).parents[2] / "events"
FORGED = (
    "*", "vpc-*", "pcx-0", "../../etc", "$(id)", "", " ", "=cmd", "\n", "\x1b[31m", "\u202e", "\ud800",
    "a" * 256, PCX, TOKYO_VPC, "pcx-00000000000000bad", "111122223333", "999999999999", "eu-west-1",
)  # fmt: skip
SCALARS = st.one_of(
    st.sampled_from(FORGED),
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=8),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(("items", "content", "tag", "id", "vpc")), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


def _samples():
    for path in sorted(EVENTS.glob("*.json")):
        event = json.loads(path.read_text())
        if "Records" in event:
            yield from (json.loads(record["body"]) for record in event["Records"])
        else:
            yield event
            if event.get("source") == "aws.ec2":
                yield _in_xml(event)


def _in_xml(event):
    """The same event in CloudTrail's other encoding."""
    turned = copy.deepcopy(event)
    detail = turned["detail"]
    for part, wrapper in (("requestParameters", "Request"), ("responseElements", "Response")):
        if detail.get(part):
            detail[part] = {detail["eventName"] + wrapper: _upper(detail[part])}
    return turned


def _upper(value):
    if isinstance(value, dict):
        if set(value) == {"items"}:
            found = [_upper(one) for one in value["items"]]
            return found[0] if len(found) == 1 else found
        return {upper_first(key): _upper(one) for key, one in value.items()}
    return value


SAMPLES = tuple(_samples())


def places(value, path=()):
    """Every path in a tree of JSON values."""
    if path:
        yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        if isinstance(inner, (dict, list)):
            yield from places(inner, (*path, key))
        else:
            yield (*path, key)


WITH_PLACES = tuple((sample, tuple(places(sample))) for sample in SAMPLES)
LOST = object()
EDITS = st.lists(
    st.tuples(st.integers(0, 10_000), st.one_of(VALUES, st.just(LOST))), min_size=1, max_size=3
)


@st.composite
def mutants(draw):
    """A sample event with up to three of its parts lost or replaced."""
    sample, found = draw(st.sampled_from(WITH_PLACES))
    body = copy.deepcopy(sample)
    for place, value in draw(EDITS):
        _edit(body, found[place % len(found)], value)
    return body


def _edit(body, path, value):
    *path, last = path
    holder = body
    for key in path:
        if not isinstance(holder, (dict, list)):
            return
        try:
            holder = holder[key]
        except (LookupError, TypeError):
            return  # an earlier edit took it away
    if isinstance(holder, dict) and value is LOST:
        holder.pop(last, None)
    elif isinstance(holder, dict) or (isinstance(holder, list) and last in range(len(holder))):
        holder[last] = None if value is LOST else value


BODIES = st.one_of(
    mutants().map(json.dumps),
    mutants().map(json.dumps),
    st.tuples(mutants().map(json.dumps), st.integers(0, 2000)).map(lambda pair: pair[0][: pair[1]]),
    st.text(max_size=40),
)
"""The text of a message: a mutant whole or cut off, or anything at all."""

IDS = {
    "vpc": (SEOUL_VPC, TOKYO_VPC, "vpc-0bad0bad0bad0bad0", "vpc-0bad0bad"),
    "rtb": (SEOUL_TABLE, TOKYO_TABLE, "rtb-0bad0bad0bad0bad0", "rtb-0bad0bad"),
    "pcx": (PCX, "pcx-0bad0bad0bad0bad0", "pcx-0bad0bad", PCX),
    "subnet": (SUBNET, "subnet-0bad0bad0bad0bad0", "subnet-0bad0bad", SUBNET),
}
NAMES = re.compile(r"(vpc|rtb|pcx|subnet)-[0-9a-f]{8,17}|ap-northeast-[12]|eu-west-1|[0-9]{12}")
PLACES = ("ap-northeast-1", "ap-northeast-2", "ap-northeast-1", "eu-west-1")
ACCOUNTS = ("111122223333", "111122223333", "111122223333", "444455556666")


@st.composite
def forged(draw):
    """A sample event in its right shape, with other ids, regions and accounts: what an intruder may claim."""
    text = json.dumps(draw(st.sampled_from(SAMPLES)))
    picks = itertools.cycle(draw(st.lists(st.integers(0, 3), min_size=5, max_size=5)))

    def other(found):
        pool = IDS.get(found[1]) or (ACCOUNTS if found[0].isdigit() else PLACES)
        return pool[next(picks)]

    return NAMES.sub(other, text)


def record(number, body, **attributes):
    return {"messageId": f"m-{number}", "body": body, "attributes": attributes}
