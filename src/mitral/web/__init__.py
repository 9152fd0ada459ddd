"""The web door: the page and its API, for the machine it runs on."""
