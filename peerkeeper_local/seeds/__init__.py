"""What is in a local cloud before anything happens: nothing, the story, the samples, or a dump."""
