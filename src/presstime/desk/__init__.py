"""The review desk: a small web application in which people look through a story's record.

Comes in: a story's folder. Goes out: pages, and the same look-ups as JSON, to people who may see them. One process, one more file
(desk.db, beside the ledger). Example: `presstime desk flood` opens the browser on the story in the folder flood.
"""
