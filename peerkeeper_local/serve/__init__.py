"""The local cloud on one HTTP endpoint, with Peerkeeper's functions answering.

In: a seed, a speed, an address. Out: an endpoint for boto3, the aws CLI and sam local. Never real AWS.
"""
