"""A local cloud that somebody serves: how to ask it."""
