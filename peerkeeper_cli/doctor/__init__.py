"""Is the installation alive: what is asked of AWS, what it means, and what mends it. It writes nothing."""
