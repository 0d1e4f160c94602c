"""What a hand-off says, as its message and as the scope that a version reads from it, in one form.

In: a body, a scope of any version. Out: its parts, by the names of the body; equal if it was read whole.
"""

PARTS = ("hints", "expect", "absent", "sights", "acts")


def said(body):
    """Return what the message says."""

    def listed(name, *fields):
        return sorted(
            (one["account"], one["region"], *(one[field] or "" for field in fields))
            for one in body.get(name, [])
        )

    acts = listed("acts", "id", "keys", "actor", "at")
    return {
        "hints": listed("hints", "id", "vpc"),
        "expect": listed("expect", "id", "state"),
        "absent": listed("absent", "id"),
        "sights": listed("sights", "id", "table", "leads"),
        "acts": [(*place, tuple(keys), actor, at) for *place, keys, actor, at in acts],
        "then": body["then"] or "",
        "hops": body["hops"],
        "looks": body["looks"],
    }


def read(scope):
    """Return what a version made of it. A part that the version does not know is empty."""

    def listed(of, *values):
        return (of.account_id, of.region, *(value or "" for value in values))

    acts = getattr(scope, "acts", ())
    return {
        "hints": sorted(listed(one.location, one.id, one.vpc_id) for one in scope.hints),
        "expect": sorted(listed(one.location, one.id, one.state.value) for one in scope.expect),
        "absent": sorted(listed(where, pcx) for where, pcx in scope.absent),
        "sights": sorted(
            listed(one.location, one.subnet_id, one.table_id, one.leads) for one in scope.sights
        ),
        "acts": sorted(
            (*listed(one.location, one.resource), one.keys, one.actor, one.at) for one in acts
        ),
        "then": scope.then,
        "hops": scope.hops,
        "looks": scope.looks,
    }


def places(body):
    """Return the account and the Region of each location that the message names."""
    return {(one["account"], one["region"]) for name in PARTS for one in body.get(name, [])}
