"""Why a peering is as it is: every test on either side, by the rules themselves, and what would change it."""
