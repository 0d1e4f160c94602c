"""Is the installation alive: what is asked of AWS, what it means, and how to fix it. It writes nothing."""
