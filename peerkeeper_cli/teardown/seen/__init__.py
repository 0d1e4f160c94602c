"""What a teardown finds: the values that its steps are made of. Frozen, and without any call."""
