"""`python -m peerkeeper_cli`: the same as the installed command `peerkeeper`."""

from peerkeeper_cli.app import main

main()
