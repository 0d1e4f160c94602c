"""The nouns: what EC2 shows, one read, the snapshot, changes and their outcomes, findings, tags, scope.

Frozen values; only the standard library. Never decides, never talks to AWS.
"""
