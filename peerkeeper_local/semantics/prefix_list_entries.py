"""The entries of a managed prefix list. In: entries as a call sends them. Out: entries, or a Refusal."""

from collections.abc import Iterable, Mapping, Sequence

from peerkeeper_local.semantics.networks import network
from peerkeeper_local.semantics.prefix_lists import Entry
from peerkeeper_local.semantics.refusal import Refusal

MOST_A_CALL = 100
LARGEST = 1000
FAMILIES = {"IPv4": 4, "IPv6": 6}


def entries_from(sent: Iterable[Mapping[str, str]], family: str) -> list[Entry]:
    """Return entries as they are stored. Raises Refusal for host bits and for another IP family.

    Observed: code and text for host bits, and that IPv6 is compressed. Assumed: the family.
    """
    entries = []
    for each in sent:
        cidr = str(each.get("Cidr", ""))
        try:
            block = network(cidr)
            exact = block.network_address.compressed == _address(cidr) and "/" in cidr
        except ValueError:
            exact = False
        if not exact or block.version != FAMILIES[family]:
            raise wrong_value(
                f"The specified CIDR ({cidr}) is not valid. "
                f"It must be the {family} block of a network, such as 10.0.0.0/16."
            )
        entries.append(Entry(str(block), each.get("Description") or ""))
    return entries


def with_added(present: tuple[Entry, ...], added: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return `present` with more entries; another description for a CIDR replaces the old one.

    The very same entry is refused. Sources: observed (refused); assumed (replaced).
    """
    by_cidr = {entry.cidr: entry for entry in present}
    for entry in added:
        if by_cidr.get(entry.cidr) == entry:
            raise wrong_change(
                f"An entry with the CIDR ({entry.cidr}) and description ({entry.description}) "
                "already exists."
            )
        by_cidr[entry.cidr] = entry
    return tuple(by_cidr.values())


def check_number(entries: Sequence[object]) -> None:
    """Raise Refusal if a call has too many entries. Sources: EC2 API; observed (the code)."""
    if len(entries) > MOST_A_CALL:
        raise wrong_value(f"The request cannot contain more than {MOST_A_CALL} entries.")


def check_size(entries: Sequence[Entry], size: int) -> None:
    """Raise Refusal if a list of MaxEntries `size` does not hold the entries. Source: observed."""
    if len(entries) > size:
        raise Refusal(
            "PrefixListMaxEntriesExceeded", f"The prefix list takes no more than {size} entries."
        )


def size_from(sent: int | None) -> int:
    """Return MaxEntries as sent. Raises Refusal unless from 1 to 1000. Source: observed (the bounds)."""
    if sent is None:
        raise Refusal("MissingParameter", "The request must contain the parameter maxEntries")
    if not 1 <= int(sent) <= LARGEST:
        raise wrong_value(f"Value ({sent}) for parameter maxEntries is invalid: 1 to {LARGEST}.")
    return int(sent)


def _address(cidr: str) -> str:
    """Return the address before the slash, compressed."""
    return str(network(cidr.partition("/")[0]).network_address)


def wrong_value(message: str) -> Refusal:
    """Return the refusal of a parameter's value."""
    return Refusal("InvalidParameterValue", message)


def wrong_change(message: str) -> Refusal:
    """Return the refusal of an addition or a removal. Source: observed."""
    return Refusal("InvalidPrefixListModification", message)
