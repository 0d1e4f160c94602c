"""Peerkeeper's layer: a pure core that decides, and a thin edge that reads and writes EC2."""
