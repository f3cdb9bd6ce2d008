"""Frozen records, word lists and exact text comparison; standard library only."""
