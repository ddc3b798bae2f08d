"""Writing a file: it holds the old content or the new one, whole, at every instant."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cta_analytics.lint.rewrite import rewrite


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_gets_its_new_content_and_keeps_its_mode(tmp_path):
    file = tmp_path / "page.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    assert rewrite(file, b"old", b"new") is None
    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert names(tmp_path) == ["page.md"]


def test_a_link_stays_a_link(tmp_path):
    real = tmp_path / "real" / "page.md"
    real.parent.mkdir()
    real.write_bytes(b"old")
    link = tmp_path / "page.md"
    link.symlink_to(real)
    assert rewrite(link, b"old", b"new") is None
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_file_that_has_changed_is_left_alone(tmp_path):
    file = tmp_path / "page.md"
    file.write_bytes(b"newer")
    assert rewrite(file, b"old", b"new") == "changed while it was linted; run the command again"
    assert file.read_bytes() == b"newer"
    assert names(tmp_path) == ["page.md"]


def test_a_read_only_file_is_left_alone(tmp_path):
    file = tmp_path / "page.md"
    file.write_bytes(b"old")
    file.chmod(0o444)
    assert rewrite(file, b"old", b"new") == "is read-only; make it writable"
    assert file.read_bytes() == b"old"


def test_a_file_that_is_gone_is_said_to_be(tmp_path):
    assert rewrite(tmp_path / "gone.md", b"old", b"new").startswith("cannot be written (No such file")
    assert names(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="extended attributes of Linux")
def test_extended_attributes_are_kept(tmp_path):
    file = tmp_path / "page.md"
    file.write_bytes(b"old")
    try:
        os.setxattr(file, "user.note", b"mine")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    assert rewrite(file, b"old", b"new") is None
    assert os.getxattr(file, "user.note") == b"mine"


# Kills the process at the n-th call that touches the disk: after it the file must be whole, old or new.
_KILLED = """
import os, sys
from pathlib import Path
left = int(sys.argv[2])

def step(event, arguments):
    global left
    if event in {"open", "os.chmod", "os.chown", "os.rename", "os.remove", "os.listxattr"}:
        left -= 1
        if left < 0:
            os._exit(9)

from cta_analytics.lint.rewrite import rewrite
sys.addaudithook(step)
rewrite(Path(sys.argv[1]), b"old" * 99999, b"new" * 99999)
"""


def test_a_killed_write_leaves_no_half_file(tmp_path):
    seen = set()
    for left in range(12):
        file = tmp_path / f"{left}.md"
        file.write_bytes(b"old" * 99999)
        done = subprocess.run([sys.executable, "-c", _KILLED, str(file), str(left)], check=False)
        content = file.read_bytes()
        assert content in {b"old" * 99999, b"new" * 99999}
        seen.add((done.returncode, content[:3]))
    # Killed before, killed after, and not killed: the steps did cover the write.
    assert {(9, b"old"), (9, b"new"), (0, b"new")} <= seen


def test_an_interruption_takes_the_temporary_file_away(tmp_path, monkeypatch):
    file = tmp_path / "page.md"
    file.write_bytes(b"old")

    def interrupted(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rewrite(file, b"old", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"page.md": b"old"}
