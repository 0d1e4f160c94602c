"""Read what a teardown has to know: each read whole, or said to be unread."""
