"""`mitral serve` as a user starts it: it answers many, loses nobody's memory, and ends cleanly."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.web.asking import API, FLAIL, make_page, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 50
LONG = {"patient": {"cause": "prolapse"}, "years": 40}
HELD_MB = 40
"""What may come on top when the same work is done again and again: a dozen results of up to two
megabytes fill their places, and the allocator keeps some. Every run of beats left behind would add
ten, every body one."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str]]:
    """A server that has given its first beat."""
    page = make_page(tmp_path_factory.mktemp("page") / "static")
    with serving("--page", str(page)) as (process, address):
        httpx.post(f"{address}{API}/simulate", json=FLAIL, timeout=300).raise_for_status()
        yield process, address


def status_of(address: str, hole: float) -> tuple[int, Any]:
    wish = {"patient": {"cause": "flail_leaflet", "eroa_cm2": hole}}
    answer = httpx.post(f"{address}{API}/simulate", json=wish, timeout=120)
    return answer.status_code, answer.json()


def test_it_answers_with_the_page_and_with_beats(running):
    _, address = running
    assert "<title>mitral" in httpx.get(address).text
    assert httpx.get(f"{address}{API}/schema").status_code == 200


def test_fifty_simulations_at_once(running):
    _, address = running
    holes = [0.1 + 0.005 * i for i in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda hole: status_of(address, hole), holes))
    leaks = [body["exam"]["regurgitant_volume_ml"] for status, body in answers if status == 200]
    busy = [body for status, body in answers if status == 503]
    assert len(leaks) + len(busy) == AT_ONCE
    assert leaks == sorted(leaks)  # nobody has another one's heart
    assert len(leaks) >= AT_ONCE // 2


def memory_mb(process: subprocess.Popen[str]) -> float:
    text = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", text)[0]) / 1024.0


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux for the memory")
def test_memory_is_bounded(running):
    process, address = running
    body = b"[" * 900_000
    headers = {"content-type": "application/json"}

    def work(_: int) -> None:
        httpx.post(f"{address}{API}/simulate", content=body, headers=headers, timeout=120)
        httpx.post(f"{address}{API}/transient", json=FLAIL | {"beats": 60}, timeout=120)
        status_of(address, 0.4)

    def courses() -> None:
        for _ in range(4):
            job = httpx.post(f"{address}{API}/course", json=FLAIL | {"years": 2}, timeout=60).json()
            httpx.get(f"{address}{API}/jobs/{job['id']}/events", timeout=120)

    def load() -> None:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(work, range(12)))
        courses()

    load()
    before = memory_mb(process)
    for _ in range(3):
        load()
    assert memory_mb(process) < before + HELD_MB


def test_clients_that_go_in_the_middle_leave_the_server_as_it_was(running):
    _, address = running
    for _ in range(8):
        with socket.create_connection(("127.0.0.1", int(address.rsplit(":", 1)[1]))) as line:
            line.sendall(
                f"POST {API}/simulate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
                "Content-Type: application/json\r\n\r\n{}".encode()
            )
    job = httpx.post(f"{address}{API}/course", json=LONG, timeout=60).json()
    for _ in range(8):
        with httpx.stream("GET", f"{address}{API}/jobs/{job['id']}/events", timeout=60) as events:
            next(events.iter_lines())
    seen = httpx.get(f"{address}{API}/jobs/{job['id']}", timeout=60).json()
    assert seen["status"] in ("running", "done")
    assert httpx.delete(f"{address}{API}/jobs/{job['id']}", timeout=60).status_code == 200
    assert status_of(address, 0.4)[0] == 200


def interrupted(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit code and stderr of a server after Ctrl-C."""
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    return process.returncode, errors


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_ends_it_in_the_middle_of_a_course(tmp_path):
    with serving("--page", str(make_page(tmp_path / "static"))) as (process, address):
        job = httpx.post(f"{address}{API}/course", json=LONG, timeout=300).json()
        with httpx.stream("GET", f"{address}{API}/jobs/{job['id']}/events", timeout=60) as events:
            next(events.iter_lines())
            code, errors = interrupted(process)
    assert code in (0, 130)
    assert "Traceback" not in errors


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_without_a_page_it_says_so_and_the_api_answers(tmp_path):
    with serving("--page", str(tmp_path)) as (process, address):
        assert httpx.get(address).status_code == 503
        assert httpx.get(f"{address}{API}/schema", timeout=60).status_code == 200
        code, errors = interrupted(process)
    assert code in (0, 130)
    assert "warning: The page has not been built" in errors


def command(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mitral", "serve", "--no-browser", *options],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )


def test_a_port_in_use_is_told_in_a_line():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = command("--port", str(port))
    assert done.returncode == 3
    assert done.stderr.startswith(f"error: port {port} is in use")
    assert f"mitral serve --port {port + 1}" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "example.org"])  # noqa: S104
def test_another_host_has_to_be_allowed(host):
    done = command("--host", host)
    assert done.returncode == 3
    assert "--allow-remote" in done.stderr
    assert done.stdout == ""


def test_a_host_that_is_none_of_this_machine():
    done = command("--host", "192.0.2.1", "--allow-remote", "--port", "0")
    assert done.returncode == 3
    assert done.stderr.startswith("error: cannot listen at 192.0.2.1")


def test_a_host_that_is_allowed_answers_under_its_name_and_this_machines(tmp_path):
    page = str(make_page(tmp_path / "static"))
    with serving("--host", "0.0.0.0", "--allow-remote", "--page", page) as (_, address):  # noqa: S104
        assert address.startswith("http://127.0.0.1:")
        assert httpx.get(address).status_code == 200
        assert httpx.get(address, headers={"host": "192.168.1.7"}).status_code == 200
        assert httpx.get(address, headers={"host": "evil.example"}).status_code == 421


def test_the_help_of_mitral_loads_nothing_of_the_server():
    code = (
        "import sys; from mitral.cli.main import main; "
        "print([n for n in ('fastapi', 'uvicorn', 'pydantic', 'numba') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
