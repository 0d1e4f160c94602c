"""One event through the function that template.yaml chooses. In: an event. Out: its reports."""
