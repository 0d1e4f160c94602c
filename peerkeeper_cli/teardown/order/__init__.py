"""The steps of a teardown and their order. Pure: values in, steps out. Never reads anything."""
