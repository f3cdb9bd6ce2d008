"""Asking one address of a real server: what is believed, what is tried again, and where nobody is asked at all."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace
from email.utils import format_datetime
from typing import Any

import pytest
from aiohttp import web

from annotated_brief.network.client import Answer, retry_after
from annotated_brief.network.guard import is_public
from local_web import FAST, NOWHERE, Handler, Web, local_web


def ask(path: str, handler: Handler, host: str = "a.test", **limits: Any) -> tuple[Answer, Web]:
    async def run() -> tuple[Answer, Web]:
        async with local_web(handler, replace(FAST, **limits)) as found:
            return await found.client.ask(found.url(path, host)), found

    return asyncio.run(run())


async def by_number(request: web.BaseRequest) -> web.StreamResponse:
    """`/404` answers 404."""
    return web.Response(status=int(request.path.strip("/")), text="x")


def test_a_page_that_is_there_costs_one_request() -> None:
    answer, found = ask("/200", by_number)
    assert (answer.is_live, answer.is_gone, found.asked) == (True, False, ["HEAD a.test/200"])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 451, 501])
def test_a_refusal_of_head_is_not_believed(status: int) -> None:
    async def only_get(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=200 if request.method == "GET" else status)

    answer, found = ask("/x", only_get)
    assert answer.is_live
    assert found.asked == ["HEAD a.test/x", "GET a.test/x"]


@pytest.mark.parametrize(("status", "gone"), [(404, True), (410, True), (403, False), (451, False), (418, False)])
def test_what_the_server_says_twice(status: int, gone: bool) -> None:
    answer, found = ask(f"/{status}", by_number)
    assert (answer.status, answer.is_live, answer.is_gone) == (status, False, gone)
    assert len(found.asked) == 2, "an answer that is final is not asked for again"


def test_a_busy_server_is_tried_again_with_longer_and_longer_pauses() -> None:
    answer, found = ask("/503", by_number)
    assert answer.status == 503
    assert len(found.asked) == 6
    assert [round(pause) for pause in found.slept] == [1, 2]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_honoured(form: str, status: int) -> None:
    until = format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30), usegmt=True)
    state = {"asked": 0}

    async def busy(request: web.BaseRequest) -> web.StreamResponse:
        state["asked"] += 1
        if state["asked"] > 1:
            return web.Response()
        return web.Response(status=status, headers={"Retry-After": "30" if form == "seconds" else until})

    answer, found = ask("/x", busy)
    assert answer.is_live
    assert found.asked == ["HEAD a.test/x"] * 2, "nothing is asked in between, not even with GET"
    assert [25 <= pause <= 31 for pause in found.slept] == [True]


def test_a_server_that_asks_for_an_hour_is_left_alone() -> None:
    async def busy(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=429, headers={"Retry-After": "3600"})

    answer, found = ask("/x", busy)
    assert (answer.status, len(found.asked), found.slept) == (429, 1, [])


def test_retry_after_that_is_nonsense() -> None:
    assert retry_after("") is retry_after("soon") is retry_after("-5") is None
    assert retry_after(" 7 ") == 7
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0


def test_a_slow_server_is_unknown() -> None:
    async def slow(request: web.BaseRequest) -> web.StreamResponse:
        await asyncio.sleep(30)
        return web.Response()

    answer, found = ask("/x", slow, timeout=0.05, tries=2)
    assert (answer.status, answer.reason, answer.is_gone) == (None, "no answer in time", False)
    assert len(found.asked) == 2


def test_redirects_are_followed_and_the_last_address_is_told() -> None:
    async def hop(request: web.BaseRequest) -> web.StreamResponse:
        number = int(request.path.strip("/"))
        return web.Response(status=301, headers={"Location": f"/{number - 1}"}) if number else web.Response()

    answer, found = ask("/3", hop)
    assert answer.is_live
    assert answer.final == found.url("/0")


def test_redirects_in_a_ring_end() -> None:
    async def ring(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": "/b" if request.path == "/a" else "/a"})

    answer, found = ask("/a", ring)
    assert (answer.is_live, answer.reason) == (False, "more than 10 redirects")
    assert len(found.asked) == 11


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://192.168.1.1:8080/",
        "http://0.0.0.0/",
        "http://[::ffff:10.0.0.1]/",
        "http://router.test/",
    ],
)
def test_a_redirect_to_a_private_address_is_not_followed(target: str) -> None:
    async def lure(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": target})

    answer, found = ask("/x", lure)
    assert (answer.is_live, answer.is_gone, answer.reason) == (False, False, "leads to a private address")
    assert found.asked == ["HEAD a.test/x"]


@pytest.mark.parametrize("url", ["http://[bad/", "http://a.test:99999/", "http://", "mailto:a@b.test", "//a.test/"])
def test_what_is_no_address_is_asked_of_nobody(url: str) -> None:
    async def run() -> tuple[Answer, Web]:
        async with local_web(by_number) as found:
            return await found.client.ask(url), found

    answer, found = asyncio.run(run())
    assert (answer.reason, answer.is_gone, found.asked) == ("leads to no web address", False, [])


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.test/x", "javascript:1", "http://", "http://[bad/", "http://a.test:x/"]
)
def test_a_redirect_out_of_the_web_is_not_followed(target: str) -> None:
    async def lure(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": target})

    answer, found = ask("/x", lure)
    assert (answer.is_live, answer.is_gone) == (False, False)
    assert set(found.asked) <= {"HEAD a.test/x", "GET a.test/x"}


def test_public_addresses() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")
    for address in (
        "127.0.0.1",
        "10.1.2.3",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
    ):
        assert not is_public(address), address


def test_a_body_without_end_is_not_read() -> None:
    sent = {"bytes": 0}

    async def endless(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while request.method == "GET":
            await response.write(b"x" * 65536)
            sent["bytes"] += 65536
        return response

    async def no_head(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=405) if request.method == "HEAD" else await endless(request)

    answer, _ = ask("/x", no_head)
    assert answer.is_live
    assert sent["bytes"] < 10_000_000, "no more than what the machine buffers"


def test_headers_without_end_are_malformed() -> None:
    async def wordy(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(headers={"X-Long": "x" * 100_000})

    answer, _ = ask("/x", wordy)
    assert (answer.status, answer.reason) == (None, "its answer is malformed")


def test_a_host_that_does_not_exist_is_gone() -> None:
    answer, found = ask("/x", by_number, host=NOWHERE)
    assert (answer.is_gone, answer.reason, found.asked) == (True, "no such host", [])


def test_a_connection_that_breaks_off_is_unknown() -> None:
    async def cut(request: web.BaseRequest) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    answer, _ = ask("/x", cut)
    assert (answer.is_gone, answer.reason) == (False, "the answer broke off")


def test_a_document_that_comes_in_pieces_is_read_to_its_end() -> None:
    async def in_pieces(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for piece in (b'{"a": ', b"[1, 2", b"]}"):
            await response.write(piece)
            await asyncio.sleep(0)  # another turn, so that each is a piece of its own
        return response

    async def run() -> Any:
        async with local_web(in_pieces, FAST) as found:
            return await found.client.fetch_json(found.url("/x", "a.test"))

    assert asyncio.run(run()) == {"a": [1, 2]}
