"""From a snapshot to a plan: the rules, which function runs which, and what they share. Pure."""
