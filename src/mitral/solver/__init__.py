"""From parameters to the settled beat."""
