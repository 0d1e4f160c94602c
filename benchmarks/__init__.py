"""What it costs, measured against a reference in the same run. Ratios to read; no test stands on them."""
