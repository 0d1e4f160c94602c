"""What is in a local cloud before anything happens: nothing, the story, the samples, an estate, or a dump."""
