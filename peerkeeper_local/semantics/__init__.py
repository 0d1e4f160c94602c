"""EC2's rules for VPC peering, as pure functions on plain values.

In: frozen values and a time in seconds. Out: a new value, or a `Refusal` spelt as EC2 spells it.
Never: moto, botocore, Peerkeeper, its own clock, or state. The local cloud and the fault
simulator share these functions, so a rule is written down once.

The docstrings name their sources:

- "VPC Peering Guide" and "EC2 errors" (the error code table of the EC2 API reference) are AWS's pages.
- "EC2 API" is the text of the service model.
- "Observed" is an answer that users of real EC2 have reported.
- "Assumed" has no source and is our best reading.
"""
