"""The peerkeeper_local: try, show and test Peerkeeper on your own machine. Never shipped to Lambda."""
