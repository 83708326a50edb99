"""Checks of the area ``certificate``."""
