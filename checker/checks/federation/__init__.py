"""Checks of the area ``federation``."""
