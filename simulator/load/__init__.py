"""A day of load: a large estate, what happens there in a day, how long messages wait, and what it costs."""
