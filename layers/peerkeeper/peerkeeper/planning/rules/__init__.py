"""The rules, one file each: pure generators over a snapshot. `rule_table` says which function runs which.

In: Snapshot, Settings. Out: Change, Finding or Deferral. A rule says nothing where what it needs was not
read; it never concludes from absence but through the snapshot's `knows_absent` and `has_read_all`.
"""
