import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REAL = {
    "SECRET_KEY": "s" * 60,
    "PHONE_KEYS": "c3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3M=",
    "PHONE_INDEX_KEY": "i" * 40,
    "KANNEL_SECRET": "k" * 20,
    "KANNEL_SEND_PASSWORD": "p" * 20,
    "ALLOWED_HOSTS": "loa.example.org",
}


def start(tmp_path, **environment):
    """Read the settings in a process of its own; return (exit code, what it said, DEBUG or "")."""
    base = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    code = "from outreach_site import settings; print('DEBUG', settings.DEBUG)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**base, "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


def test_with_nothing_set_it_is_a_demo(tmp_path):
    code, said = start(tmp_path)

    assert (code, "DEBUG True" in said) == (0, True)


def test_with_real_secrets_it_is_production(tmp_path):
    code, said = start(tmp_path, **REAL)

    assert (code, "DEBUG False" in said) == (0, True)


@pytest.mark.parametrize("name", sorted(set(REAL) - {"SECRET_KEY"}))
def test_a_missing_value_is_named(tmp_path, name):
    code, said = start(tmp_path, **{key: value for key, value in REAL.items() if key != name})

    assert code != 0
    assert f"{name} is missing" in said


def test_production_refuses_the_demo_secrets(tmp_path):
    code, said = start(tmp_path, **{**REAL, "KANNEL_SECRET": "demo-kannel"})

    assert code != 0
    assert "KANNEL_SECRET is the demo's" in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "not a database"),
        ("REDIS_URL", "http://redis"),
        ("DEBUG", "perhaps"),
        ("PHONE_KEYS", "too-short"),
        ("TIME_ZONE", "Mars/Olympus"),
    ],
)
def test_a_wrong_value_is_named(tmp_path, name, value):
    code, said = start(tmp_path, **{**REAL, name: value})

    assert code != 0
    assert name in said


def test_all_problems_are_said_at_once(tmp_path):
    _code, said = start(tmp_path, DEBUG="0")

    assert all(f"{name} is missing" in said for name in REAL)
