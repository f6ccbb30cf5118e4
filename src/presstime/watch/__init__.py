"""The watch: feeds polled at their own pace, pages looked at again, what changed told once.

In: a story's folder whose story.toml names feeds. Out: documents in its ledger, and changes in its outbox, from which
notifications are made. Example: `presstime watch flood` learns within a minute that "3 killed" has become "7 killed".
"""
