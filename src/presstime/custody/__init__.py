"""Custody: that a story's record is today what it was when it was entered, and can be shown to be so elsewhere.

Comes in: a story's folder, or a sealed bundle. Goes out: what does not fit; a bundle; a story from which something was erased.
Example: `verify_story(Path("flood"))` gives `Verified` with no fault, and after one byte of one raw file is changed, names that file.
"""
