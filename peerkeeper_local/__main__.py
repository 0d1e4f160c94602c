"""`python -m peerkeeper_local`: what `./peerkeeper` in a clone runs."""

from peerkeeper_local.cli import main

main()
