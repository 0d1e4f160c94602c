"""A cloud as a JSON document, and back. In: a stage, or a text. Out: JSON, or a value to seed from."""
