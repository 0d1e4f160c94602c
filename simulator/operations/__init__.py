"""EC2's operations as the simulated cloud answers them, one noun a file."""
