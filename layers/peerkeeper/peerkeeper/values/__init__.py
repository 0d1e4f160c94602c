"""The nouns: what EC2 shows, one read, the snapshot, changes and what came of them, findings, tags, scope.

Frozen values; the standard library alone. Never decides, never talks to AWS.
"""
