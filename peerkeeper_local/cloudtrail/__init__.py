"""Writes the CloudTrail record that AWS would write for an EC2 call of the local cloud.

In: a recorded call. Out: the record, in the encoding of its action, and its EventBridge envelope.
Never calls anything.
"""

from peerkeeper_local.cloudtrail.call import Call
from peerkeeper_local.cloudtrail.identity import role_id
from peerkeeper_local.cloudtrail.record import Json, emits_event, envelope, record

__all__ = ["Call", "Json", "emits_event", "envelope", "record", "role_id"]
