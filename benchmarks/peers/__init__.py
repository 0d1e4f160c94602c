"""What a user would pick instead, and the floor: small programs that the benchmarks start as processes."""
