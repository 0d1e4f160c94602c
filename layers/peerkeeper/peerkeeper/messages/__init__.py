"""What comes in and what leaves: an SQS batch, EC2's events in it, CloudTrail's records, hand-offs."""
