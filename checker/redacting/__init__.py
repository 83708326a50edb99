"""Keyed pseudonyms in what is meant to be shared: put in on export, after judging."""
