"""Estates as they stand: what the command line foresees of them, and what the functions then make of them."""
