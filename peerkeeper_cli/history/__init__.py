"""What was done to one peering, when, why and by whom: read from what the functions logged."""
