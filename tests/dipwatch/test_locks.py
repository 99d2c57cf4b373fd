"""The lock files say the same as pyproject.toml and as each other, and name no host."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = PROJECT["project"]["dependencies"]
DEV = PROJECT["dependency-groups"]["dev"]
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"]


def pins(lock: str) -> dict[str, str]:
    """Version by package name."""
    lines = re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_a_hash(lock: str) -> None:
    blocks = re.split(r"^(?=[a-z0-9])", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]
    assert blocks
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_host_is_named(lock: str) -> None:
    assert not re.search(r"://|--index|--find-links|--extra", (ROOT / lock).read_text())


@pytest.mark.parametrize(
    ("lock", "wanted"), [("requirements.lock", RUNTIME), ("requirements-dev.lock", RUNTIME + DEV)]
)
def test_locks_meet_the_project_file(lock: str, wanted: list[str]) -> None:
    locked = pins(lock)
    unmet = []
    for text in wanted:
        needed = Requirement(text)
        version = locked.get(canonicalize_name(needed.name))
        if version is None or not needed.specifier.contains(version, prereleases=True):
            unmet.append((text, version))
    assert unmet == [], "run ./run lock"


def test_the_development_lock_contains_the_others() -> None:
    dev = pins("requirements-dev.lock")
    for lock in LOCKS:
        assert pins(lock).items() <= dev.items()


def test_each_dependency_says_what_it_is_for() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    bare = []
    for text in RUNTIME + DEV:
        place = lines.index(f'    "{text}",')
        while lines[place - 1].lstrip().startswith('"'):  # One comment may speak for several lines.
            place -= 1
        if not lines[place - 1].lstrip().startswith("#"):
            bare.append(text)
    assert bare == []
