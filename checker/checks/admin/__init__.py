"""Checks of the area ``admin``."""
