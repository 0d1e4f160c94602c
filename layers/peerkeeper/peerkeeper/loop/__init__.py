"""One invocation: waves of reads and writes until nothing is left to do now. Pure: the edge is handed in."""
