"""The script `run`: help, errors, and finding a Python that fits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS = ["demo", "serve", "worker", "ingest", "manage", "test", "lint", "lock", "backup", "stop", "help"]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", str(ROOT / "run"), *arguments],
        env={**os.environ, **environment}, capture_output=True, text=True, timeout=240, cwd="/",
    )  # fmt: skip


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_help_names_every_command(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 0
    assert [name for name in COMMANDS if f"\n  {name} " not in done.stdout] == []


def test_an_unknown_command_fails_with_help() -> None:
    done = run("dmeo")
    assert done.returncode == 2
    assert "There is no command 'dmeo'." in done.stderr
    assert "usage: ./run COMMAND" in done.stderr


def fake(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"#!/bin/sh\n{text}\n")
    place.chmod(0o755)


def test_an_old_python_and_a_broken_shim_are_passed_over(tmp_path: Path) -> None:
    home, programs = tmp_path / "home", tmp_path / "bin"
    fake(programs / "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    fake(programs / "python3", "exit 1")
    right = home / ".pyenv" / "versions" / "3.12.1" / "bin" / "python3"
    right.parent.mkdir(parents=True)
    fake(right, f'exec {sys.executable} "$@"')
    for name in ("bash", "ls", "sort", "dirname"):
        (programs / name).symlink_to(shutil.which(name))
    done = run("python", PATH=str(programs), HOME=str(home), PYENV_ROOT="", DIPWATCH_PYTHON="")
    assert (done.returncode, done.stderr) == (0, "")
    assert Path(done.stdout.strip()).resolve() == Path(sys.executable).resolve()


def test_without_any_python_it_says_what_to_do(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    for name in ("bash", "ls", "sort", "dirname"):
        fake(programs / name, f'exec {shutil.which(name)} "$@"')
    if list(Path("/usr/local/bin").glob("python3.1[2345]")):
        pytest.skip("this machine has a Python where the script looks last")
    done = run("python", PATH=str(programs), HOME=str(tmp_path), PYENV_ROOT="", DIPWATCH_PYTHON="")
    assert done.returncode == 2
    assert "set DIPWATCH_PYTHON=/path/to/python" in done.stderr
