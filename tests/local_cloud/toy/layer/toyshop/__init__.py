"""A layer with state: each function must get a copy of its own."""
