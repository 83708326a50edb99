"""Puts a report onto a ticket: one module for each system, and the steps that all of them share."""
