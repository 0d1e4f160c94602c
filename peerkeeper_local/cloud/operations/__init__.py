"""EC2's operations, one noun a file: what moto lacks or does otherwise than AWS."""
