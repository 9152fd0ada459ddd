"""The command line: a door to the verbs of the package."""
