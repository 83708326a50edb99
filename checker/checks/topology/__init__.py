"""Checks of the area ``topology``."""
