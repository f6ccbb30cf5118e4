"""The command: it serves and stops, says when a port is taken, and makes accounts."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from presstime.cli_desk import PASSWORD, desk_command
from presstime.desk.accounts import Accounts
from presstime.desk.serving import serve
from presstime.problems import InputError

from .desks import made_story


def test_it_serves_and_stops_on_ctrl_c(tmp_path: Path) -> None:
    made_story(tmp_path)
    command = [sys.executable, "-m", "presstime", "desk", str(tmp_path), "--port", "0", "--no-browser"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as running:
        try:
            assert running.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+/enter\?token=\S+", running.stdout.readline())
            assert found is not None
            running.stdout.readline()
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor())
            with opener.open(found[0], timeout=30) as answer:
                assert "The flood at Velm" in answer.read().decode()
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.build_opener(urllib.request.ProxyHandler({})).open(found[0], timeout=30)
            assert refused.value.code == 401
            refused.value.close()
            running.send_signal(signal.SIGINT)
            said, faults = running.communicate(timeout=30)
            assert running.returncode == 0, faults
            assert "the desk is closed" in said
            assert "Traceback" not in faults
        finally:
            running.kill()


def test_a_port_that_is_taken_is_told_with_another(tmp_path: Path) -> None:
    made_story(tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(InputError, match=f"--port {port + 1}"):
            serve(tmp_path, say=print, port=port, browser=False)


def test_a_desk_without_accounts_is_not_opened_to_others(tmp_path: Path) -> None:
    made_story(tmp_path)
    with pytest.raises(InputError, match="--add-account"):
        serve(tmp_path, say=print, host="0.0.0.0", port=0, browser=False)


def test_accounts_and_keys_are_made_by_the_command(tmp_path: Path) -> None:
    made_story(tmp_path)
    runner = CliRunner()
    secret = "correct horse battery"
    made = runner.invoke(desk_command, [str(tmp_path), "--add-account", "Oda Winter", "--role", "owner"], env={PASSWORD: secret})
    assert made.exit_code == 0
    assert "may come in as owner" in made.output
    asked = runner.invoke(desk_command, [str(tmp_path), "--add-account", "Rea Lind"], input=f"{secret}\n{secret}\n", env={PASSWORD: ""})
    assert asked.exit_code == 0
    assert secret not in asked.output
    key = runner.invoke(desk_command, [str(tmp_path), "--add-key", "a script"]).output.strip()
    accounts = Accounts(tmp_path)
    assert accounts.names() == (("Oda Winter", "owner"), ("Rea Lind", "reader"))
    assert accounts.check("oda winter", secret) is not None
    assert accounts.of_key(key) is not None
    accounts.close()
    assert "owner   Oda Winter" in runner.invoke(desk_command, [str(tmp_path), "--accounts"]).output
    assert runner.invoke(desk_command, [str(tmp_path), "--remove-account", "Rea Lind"]).exit_code == 0
    assert isinstance(runner.invoke(desk_command, [str(tmp_path), "--remove-account", "Rea Lind"]).exception, InputError)
