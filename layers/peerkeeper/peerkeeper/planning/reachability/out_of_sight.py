"""What the judge cannot see, in words. Every page and every command that shows an answer says it."""

OUT_OF_SIGHT = (
    "a firewall in the guest",
    "whether the instance runs and a program listens",
    "DNS: the names that the clients ask for",
    "firewalls and appliances on the way",
    "the MTU: large packets may be lost where small ones pass",
)
