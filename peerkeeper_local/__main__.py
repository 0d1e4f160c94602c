"""`python -m peerkeeper_local`."""

from peerkeeper_local.cli import app

app(prog_name="python -m peerkeeper_local")
