"""From a snapshot to a plan: the rules, the function that runs each, and what they share. Pure."""
