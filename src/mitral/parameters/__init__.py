"""Parameters: definitions, sets, scaling to a person."""
