"""Made worlds: stories whose truth is known, to measure combine by. README.md defines the metrics, wording/README.md the wording."""
