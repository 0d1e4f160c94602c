"""Hands-off VPC peering: what the Lambda functions run, from the layer that `template.yaml` builds."""

__version__ = "0.1.0"
"""Package, log lines and `--version` read it only here; a test holds the outputs of the stacks to it."""
