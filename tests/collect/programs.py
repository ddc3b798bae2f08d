"""Debian's web servers as they are started for a test: all files in one folder, two ports, nothing of the system's."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PACKAGES = {"apache": "apache2-bin"}
"""The Debian package of a server, where it is not named like the server."""
_COMMANDS = {"apache": "apache2"}
_MODULES = ("mpm_event", "authz_core", "dir", "headers", "mime", "rewrite")


def found(name: str) -> str | None:
    """The program of a server; servers stand where only root's PATH looks."""
    command = _COMMANDS.get(name, name)
    return shutil.which(command) or shutil.which(command, path="/usr/sbin")


def _nginx(root: Path, ports: tuple[int, int], printed: Sequence[str]) -> str:
    http, server = zip(*(part.split("# In the server block of the site:") for part in printed), strict=True)
    folders = " ".join(f"{name}_temp_path {root}/tmp;" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return f"""\
daemon off; worker_processes 1; pid {root}/nginx.pid; error_log {root}/error.log;
events {{ }}
http {{
types {{ text/html html; application/javascript js; }}
{folders}
access_log {root}/logs/shop.log;
{"".join(http)}
server {{ listen 127.0.0.1:{ports[0]}; root {root}/site; {"".join(server)} }}
server {{ listen 127.0.0.1:{ports[1]}; root {root}/shop; }}
}}
""".replace("/var/log/nginx/access.log", f"{root}/logs/access.log")


def _apache(root: Path, ports: tuple[int, int], printed: Sequence[str]) -> str:
    modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in _MODULES)
    # As root it must be told of a user; Debian has this one.
    user = "User nobody\nGroup nogroup" if os.geteuid() == 0 else ""
    return f"""\
ServerRoot {root}
ServerName 127.0.0.1
PidFile {root}/apache.pid
ErrorLog {root}/error.log
DefaultRuntimeDir {root}
{modules}
{user}
TypesConfig /dev/null
AddType text/html .html
AddType application/javascript .js
Define APACHE_LOG_DIR {root}/logs
Listen 127.0.0.1:{ports[0]}
Listen 127.0.0.1:{ports[1]}
<VirtualHost 127.0.0.1:{ports[0]}>
DocumentRoot {root}/site
{"".join(printed)}
</VirtualHost>
<VirtualHost 127.0.0.1:{ports[1]}>
DocumentRoot {root}/shop
</VirtualHost>
"""


def _caddy(root: Path, ports: tuple[int, int], printed: Sequence[str]) -> str:
    return f"""\
{{
    admin off
}}
http://127.0.0.1:{ports[0]} {{
root * {root}/site
file_server
{"".join(printed)}
}}
http://127.0.0.1:{ports[1]} {{
root * {root}/shop
file_server
}}
""".replace("/var/log/caddy/access.log", f"{root}/logs/access.log")


_WRITTEN: dict[str, Callable[[Path, tuple[int, int], Sequence[str]], str]] = {
    "nginx": _nginx,
    "apache": _apache,
    "caddy": _caddy,
}


def _command(name: str, program: str, root: Path) -> list[str]:
    file = str(root / f"{name}.conf")
    if name == "apache":
        return [program, "-D", "FOREGROUND", "-f", file]
    if name == "caddy":
        return [program, "run", "--adapter", "caddyfile", "--config", file]
    command = [program, "-p", str(root), "-e", str(root / "error.log"), "-c", file]
    return [*command, "-g", "user root;"] if os.geteuid() == 0 else command


@contextmanager
def started(
    name: str, program: str, root: Path, ports: tuple[int, int], printed: Sequence[str]
) -> Iterator[subprocess.Popen[bytes]]:
    """The server while it answers on both ports."""
    (root / f"{name}.conf").write_text(_WRITTEN[name](root, ports, printed))
    said = root / "said.log"
    with said.open("wb") as output:
        process = subprocess.Popen(
            _command(name, program, root),
            stdout=output,
            stderr=output,
            env={**os.environ, "HOME": str(root), "XDG_DATA_HOME": str(root), "XDG_CONFIG_HOME": str(root)},
        )
    try:
        for port in ports:
            _wait(process, port, [said, root / "error.log"])
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: subprocess.Popen[bytes], port: int, logs: Sequence[Path]) -> None:
    for _ in range(400):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, "".join(log.read_text() for log in logs if log.exists())
        time.sleep(0.05)
    raise AssertionError(f"nobody answers on port {port}")
