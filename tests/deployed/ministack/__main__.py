"""Starts MiniStack with what it lacks for the templates. Run by the engine's own Python; settings are
its variables.

    python tests/deployed/ministack

Each file beside this one bends one thing, and says why. Nothing that decides is bent: how a
template is resolved, which rule matches, what IAM allows and what a stack leaves behind stay the
engine's own.
"""

import sys

import alarms
import boundaries
import bus_policies
import conditions
import endpoints
import forwarding
import made_up_names
import one_port
import principals
import put_events
import resources
import trail
from ministack.app import main

if __name__ == "__main__":
    for bent in (
        alarms,
        boundaries,
        bus_policies,
        conditions,
        endpoints,
        forwarding,
        made_up_names,
        one_port,
        principals,
        put_events,
        resources,
        trail,
    ):
        bent.bend()
    sys.argv[0] = "ministack"
    sys.exit(main())
