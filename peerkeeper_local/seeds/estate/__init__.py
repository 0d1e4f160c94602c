"""A made-up estate: four accounts, three regions, sixty VPCs, and over two hundred peerings of every kind."""
