"""What Peerkeeper would do, to the end: the planner run on its own results. Pure."""
