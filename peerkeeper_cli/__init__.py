"""The operator's command line: what a person asks of AWS with credentials that only read. No moto."""
