"""`python -m presstime` is the command `presstime`."""

from presstime.cli import main

main(prog_name="presstime")
