"""Take a peering or a VPC apart, in order: what is there, the steps, what is left. Reads and prints only."""
