"""Answers questions from what somebody collected earlier: evidence folders and zips of them."""
