"""Who may ask, how much, and what every answer tells a browser."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from mitral.web.guard import MAX_BODY
from mitral.web.page import MISSING
from tests.web.asking import API, FLAIL, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

JSON = {"content-type": "application/json"}


def test_the_page_and_its_files_have_their_types_and_are_kept_by_name(client):
    kinds = {
        "/": "text/html; charset=utf-8",
        "/index.html": "text/html; charset=utf-8",
        "/icon.svg": "image/svg+xml",
        "/assets/index-abc123.js": "text/javascript; charset=utf-8",
        "/assets/index-abc123.css": "text/css; charset=utf-8",
        "/assets/inter-abc123.woff2": "font/woff2",
    }
    for path, kind in kinds.items():
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["content-type"] == kind
        kept = "immutable" in answer.headers["cache-control"]
        assert kept == path.startswith("/assets/"), path
    assert client.head("/").status_code == 200


def test_every_answer_forbids_what_the_page_does_not_need(client):
    for answer in (client.get("/"), client.get(f"{API}/schema"), client.get("/nothing")):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/outside.txt",
        "/../outside.txt",
        "/assets/../../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%2foutside.txt",
        "/assets/%2e%2e/%2e%2e/outside.txt",
        "/assets/..%5c..%5coutside.txt",
        "//etc/passwd",
        "/etc/passwd%00.html",
        "/notes.py",
        "/assets",
        "/assets/",
        f"{API}/nothing",
        f"{API}/export/../schema/../../outside.txt",
    ],
)
def test_nothing_but_the_page_can_be_had(address, path):
    """Asked without a client that would tidy the path up."""
    status, text = raw(address, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n", b"")
    assert status == 404, text
    assert "application/problem+json" in text
    assert "not part of the page" not in text


def test_an_unknown_path_is_unknown_for_every_method(client):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = client.request(method, f"{API}/nothing", content="{}", headers=JSON)
        assert answer.status_code in (404, 405)
        refused(answer, answer.status_code)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/simulate"), ("PUT", "/simulate"), ("DELETE", "/schema")]
)
def test_a_method_that_is_not_possible(api, method, path):
    answer = api.request(method, path, headers=JSON)
    assert method in refused(answer, 405)
    assert answer.headers["allow"]


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:1", "127.0.0.1", "127.9.9.9:8000", "[::1]:8"]
)
def test_this_machine_may_be_asked_under_its_names(client, host):
    assert client.get(f"{API}/schema", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example", "192.168.1.7", "127.0.0.1.evil.example", "[x", ""],
)
def test_a_foreign_name_for_this_machine_is_refused(client, host):
    refused(client.get("/", headers={"host": host}), 421)
    refused(client.post(f"{API}/simulate", json={}, headers={"host": host}), 421)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_foreign_page_may_not_ask(api, headers):
    refused(api.post("/simulate", json=FLAIL, headers=headers), 403)
    refused(api.delete("/jobs/any", headers=headers), 403)
    refused(api.get("/schema", headers=headers), 403)


def test_the_own_page_may_ask(api, address):
    headers = {"origin": address, "sec-fetch-site": "same-origin"}
    assert api.post("/simulate", json=FLAIL, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_what_a_form_can_send_is_refused(api, kind):
    refused(api.post("/simulate", content="{}", headers={"content-type": kind}), 415)


def test_a_body_too_large_is_refused_by_its_length(api):
    answer = api.post("/simulate", content=b" " * (MAX_BODY + 1), headers=JSON)
    assert "1 MB" in refused(answer, 413)


def test_a_body_too_large_is_refused_without_a_length(api):
    def parts() -> Iterator[bytes]:
        for _ in range(MAX_BODY // 10_000 + 2):
            yield b" " * 10_000

    refused(api.post("/simulate", content=parts(), headers=JSON), 413)
    assert api.post("/simulate", content=iter([b"{", b"}"]), headers=JSON).status_code == 200


def test_a_length_that_is_none(address):
    head = f"POST {API}/simulate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    status, _ = raw(address, f"{head}Content-Length: 999999999999\r\n", b"{}")
    assert status == 413


def test_half_a_body_harms_nobody(address, api):
    """Somebody announces much, sends little and goes."""
    with socket.create_connection(_place(address), timeout=30) as line:
        head = f"POST {API}/simulate HTTP/1.1\r\nHost: localhost\r\n"
        line.sendall(
            f"{head}Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{{".encode()
        )
    assert api.post("/simulate", json=FLAIL).status_code == 200


def test_without_a_page_the_root_says_what_to_do(tmp_path):
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    import httpx

    from mitral.web.app import create_app

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(create_app(folder=tmp_path))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get("/")

    # a browser of other tests may keep the loop of this thread
    with ThreadPoolExecutor(1) as own:
        answer = own.submit(lambda: asyncio.run(ask())).result()
    assert answer.status_code == 503
    assert answer.text == MISSING


def _place(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    return parts.hostname or "", parts.port or 0


def raw(address: str, head: str, body: bytes) -> tuple[int, str]:
    """Status and text of the answer to a request as it stands."""
    with socket.create_connection(_place(address), timeout=30) as line:
        line.sendall(head.encode() + b"Connection: close\r\n\r\n" + body)
        text = b"".join(iter(lambda: line.recv(65536), b"")).decode(errors="replace")
    return int(text.split()[1]), text
