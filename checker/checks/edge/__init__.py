"""Checks of the area ``edge``."""
