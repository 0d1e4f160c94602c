"""Who peers with whom: every peering that was read, either end of it, and what it carries."""
