"""What stops traffic between our sides of peerings and their peers, as far as the sweep has read it. Pure.

In: the snapshot, settings, what is planned. Out: findings. Only `Reachability=report` reads what they need.
"""
