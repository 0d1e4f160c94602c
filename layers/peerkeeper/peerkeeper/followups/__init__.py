"""What a run leaves for later, or for another function: hand-offs and looks to come. Pure."""
