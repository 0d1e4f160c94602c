"""The command line's reader on a local cloud of this process, for tests: that of the demo."""

from peerkeeper_local.demo.read_stage import estate_on, opened_on

__all__ = ["estate_on", "opened_on"]
