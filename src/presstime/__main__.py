"""`python -m presstime` is the command `presstime`."""

from presstime.cli import run

main(prog_name="presstime")
