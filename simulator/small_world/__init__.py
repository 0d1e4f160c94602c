"""A world small enough to visit each of its states: every order of calls, crashes, losses and late reads."""
