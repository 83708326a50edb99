"""Typed readings of raw answers that several checks share; pure, and the only place where foreign spellings are
known.
"""
