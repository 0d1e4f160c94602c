"""The rules, one file each: pure generators over a snapshot. `rule_table` says which function runs each.

In: Snapshot, Settings. Out: Change, Finding or Deferral. A rule is silent where what it needs was not read.
It concludes from absence only through the snapshot's `knows_absent` and `has_read_all`.
"""
