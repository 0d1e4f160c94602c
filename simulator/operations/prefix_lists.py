"""Managed prefix lists on the simulated state: made by their owner, read by everybody.

In: a state, the caller's location, parameters, a moment. Out: the next state and the reply, or a page.
Raises Refusal. The rules are `peerkeeper_local.semantics`'.
"""

from __future__ import annotations

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.paging import page_of
from peerkeeper_local.semantics.prefix_list_calls import created
from peerkeeper_local.semantics.prefix_lists import (
    description,
    entry_documents,
    no_such_list,
    settled,
)
from simulator.documents import Document
from simulator.operations.answer import Answer, Params, fresh
from simulator.rows import State


def create_list(state: State, where: Location, params: Params, moment: Moment) -> Answer:
    listed = created(fresh("pl", state, where), where.account, params, moment)
    made = state.with_row(where, listed)
    return made, {"PrefixList": description(listed, where, "aws", moment, {})}


def entries(state: State, where: Location, params: Params, moment: Moment) -> Document:
    """Return one page of a list's entries."""
    listed = state.places[where].lists.get(params["PrefixListId"])
    if listed is None:
        raise no_such_list(params["PrefixListId"])
    found = entry_documents(settled(listed, moment).entries)
    return page_of(found, "Entries", {**params, "MaxResults": None}, moment.limits.page)
