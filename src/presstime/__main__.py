"""`python -m presstime` is the command `presstime`."""

from presstime.cli import run

run()
