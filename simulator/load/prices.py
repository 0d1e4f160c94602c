"""AWS's list prices in US dollars for us-east-1, as remembered, and how AWS counts what it bills.

In: nothing. Out: numbers. They are assumptions: check them against the price list of your Region.
"""

from __future__ import annotations

LAMBDA_GB_SECOND = 0.0000166667
LAMBDA_REQUEST = 0.20 / 1_000_000
SQS_REQUEST = 0.40 / 1_000_000
STATE_TRANSITION = 0.025 / 1_000
EXPRESS_REQUEST = 1.00 / 1_000_000
EXPRESS_GB_SECOND = 0.00001667
EXPRESS_GB = 0.0625
"""The least that an express execution is billed for: 64 MB."""
OWN_TRANSITIONS = 8
"""The fleet sweep's own states, and the entry into the first. Each child started counts as one more."""
POLLS_A_MINUTE = 5 * 3
"""Lambda polls a queue from five connections, 20 seconds each time. Source: Lambda developer guide, SQS."""
