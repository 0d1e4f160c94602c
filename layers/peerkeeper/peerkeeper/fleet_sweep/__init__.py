"""The fleet sweep: which locations there are, one location at a time, and one summary of them all.

In: what AWS lists, what each sweep returned. Out: values and JSON documents. The state machine in
`statemachines/fleet_sweep.asl.json` ties them together. Imports no AWS library.
"""
