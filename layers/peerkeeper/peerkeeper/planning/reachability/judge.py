"""One question about reachability, judged hop by hop. Pure.

In: `Surroundings`, source, target, `Traffic`. Out: `Answer`, with every hop that blocks.
Never reads AWS.
"""

from __future__ import annotations

from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.reachability import Answer, Verdict
from peerkeeper.values.surroundings import Surroundings
from peerkeeper.values.traffic import Traffic


def judge(around: Surroundings, source: Endpoint, target: Endpoint, traffic: Traffic) -> Answer:
    """Return whether the source would reach the target, and the replies come back.

    Both ends have addresses of one family; else ValueError.
    """
    if source.network.version != target.network.version:
        raise ValueError(f"{source} and {target} are of two address families")
    return Answer(source, target, traffic, Verdict.UNKNOWN, notes=("no hop was judged",))
