"""Checks of the area ``user``."""
