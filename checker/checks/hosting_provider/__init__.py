"""Checks of the area ``hosting-provider``."""
