"""Tags that make an estate that exists count as agreed, and admit nothing else. Prints; never writes."""
