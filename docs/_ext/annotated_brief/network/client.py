"""Asking one address: HEAD, then GET; redirects by hand, each hop guarded; patient, but not for ever."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver

from ..model.address import is_web_address
from ..model.json_text import parse_json
from .guard import GuardedResolver, Permit, PrivateAddressError, check_literal, is_public
from .limits import Hosts, Limits

AGENT = "annotated-brief (checks the addresses of sources)"
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_REDIRECTS = {301, 302, 303, 307, 308}
_PATIENCE = {429, 500, 502, 503, 504}  # answers that another try may change


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answered: *status* of the last hop, or None and the *reason* why there was none."""

    status: int | None = None
    final: str = ""  # the address of the last hop
    reason: str = ""
    wait: float | None = None  # seconds that the server asks for before the next request (Retry-After)
    missing: bool = False  # there is no such host

    @property
    def is_live(self) -> bool:
        """Whether the address led to a page."""
        return self.status is not None and 200 <= self.status < 300 and not self.reason

    @property
    def is_gone(self) -> bool:
        """Whether the server, or the name system, says that there is nothing."""
        return self.status in GONE or self.missing


class Client:
    """Asks addresses within the *limits*; made by :func:`open_client`."""

    def __init__(self, session: aiohttp.ClientSession, limits: Limits, hosts: Hosts, permit: Permit) -> None:
        self._session, self._limits, self._hosts, self._permit = session, limits, hosts, permit

    async def ask(self, url: str) -> Answer:
        """Return what *url* answers, after as many tries as the limits allow."""
        answer = Answer(reason="not asked")
        for attempt in range(self._limits.tries):
            answer = await self._head_then_get(url)
            if not (answer.status in _PATIENCE or (answer.status is None and answer.reason in _PASSING)):
                return answer
            wait = answer.wait if answer.wait is not None else self._limits.back_off * 2**attempt
            if wait > self._limits.longest_wait:
                return answer
            self._hosts.hold_off(host_of(answer.final or url), wait)
        return answer

    async def ask_once(self, url: str) -> Answer:
        """Return what *url* answers to a single HEAD request, redirects not followed."""
        return await self._request("HEAD", url)

    def forget_names(self) -> None:
        """Let the name system be asked anew for every host: without it there is no network either."""
        if isinstance(connector := self._session.connector, aiohttp.TCPConnector):
            connector.clear_dns_cache()

    async def _head_then_get(self, url: str) -> Answer:
        """Return the answer to HEAD or, where that is no success, to GET: many servers know only GET."""
        answer = await self._follow("HEAD", url)
        busy = answer.status in _PATIENCE and answer.wait is not None  # and says how long to leave it alone
        if answer.is_live or answer.status is None or answer.status == HTTPStatus.TOO_MANY_REQUESTS or busy:
            return answer
        return await self._follow("GET", url)

    async def _follow(self, method: str, url: str) -> Answer:
        """Return the answer at the end of the redirects."""
        here = url
        for _ in range(self._limits.redirects + 1):
            answer = await self._request(method, here)
            if answer.status not in _REDIRECTS or answer.final == here:
                return answer
            here = answer.final
        return Answer(final=here, reason=f"more than {self._limits.redirects} redirects")

    async def _request(self, method: str, url: str) -> Answer:
        """Return the answer of one hop; ``final`` is where it leads on to. The body is never read."""
        if not is_web_address(url):
            return Answer(final=url, reason="leads to no web address")
        try:
            check_literal(urlsplit(url).hostname or "", self._permit)
            async with (
                self._hosts.turn(host_of(url)),
                self._session.request(method, url, allow_redirects=False) as response,
            ):
                to = response.headers.get("Location", "") if response.status in _REDIRECTS else ""
                wait = retry_after(response.headers.get("Retry-After", ""))
                response.close()  # not a byte more
                return Answer(status=response.status, final=_join(url, to), wait=wait)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Answer(final=url, reason=_reason(error), missing=_is_missing(error))

    async def fetch_json(self, url: str) -> Any:
        """Return the JSON document at *url*; raises OSError or ValueError where there is none of bearable size."""
        async with self._hosts.turn(host_of(url)):
            try:
                async with self._session.get(url, allow_redirects=False) as response:
                    return parse_json(await _body(response, self._limits.body))
            except aiohttp.ClientError as error:
                raise OSError(_reason(error)) from None

    async def fetch(self, url: str, accept: str) -> bytes:
        """Return the body at the end of the redirects, asked for as the media type *accept*.

        Raises OSError where nothing answers or the answer is no success, ValueError where it is longer than a page.
        """
        here = url
        for _ in range(self._limits.redirects + 1):
            if not is_web_address(here):
                raise OSError("leads to no web address")
            try:
                check_literal(urlsplit(here).hostname or "", self._permit)
                async with (
                    self._hosts.turn(host_of(here)),
                    self._session.get(here, allow_redirects=False, headers={"Accept": accept}) as response,
                ):
                    if response.status in _REDIRECTS and response.headers.get("Location"):
                        here = _join(here, response.headers["Location"])
                        continue
                    if response.status != HTTPStatus.OK:
                        raise OSError(f"the answer is {response.status}")
                    return await _body(response, self._limits.page)
            except aiohttp.ClientError as error:
                raise OSError(_reason(error)) from None
        raise OSError(f"more than {self._limits.redirects} redirects")


@asynccontextmanager
async def open_client(
    limits: Limits, hosts: Hosts, *, permit: Permit = is_public, resolver: AbstractResolver | None = None
) -> AsyncIterator[Client]:
    """Open a client; *permit* says which IP addresses may be asked, *resolver* finds them."""
    connector = aiohttp.TCPConnector(
        limit=limits.hosts * limits.per_host,
        resolver=GuardedResolver(permit, resolver),
        ttl_dns_cache=None,
        force_close=True,  # an answer is never read to its end, so that no connection can be used twice
    )
    async with aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=limits.timeout),
        headers={"User-Agent": AGENT, "Accept": "*/*"},
        cookie_jar=aiohttp.DummyCookieJar(),
        max_line_size=limits.header,
        max_field_size=limits.header,
    ) as session:
        yield Client(session, limits, hosts, permit)


def retry_after(value: str) -> float | None:
    """Return the seconds that a Retry-After header (RFC 9110, 10.2.3) asks for; None where it asks for nothing."""
    if value.strip().isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())


_TIMEOUT, _UNREACHED, _BROKEN = "no answer in time", "the server cannot be reached", "the answer broke off"
_PASSING = {_TIMEOUT, _UNREACHED, _BROKEN}  # faults that another try may find gone


def host_of(url: str) -> str:
    """Return host and port of *url*, by which requests are counted; empty where it has none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].casefold()
    except ValueError:
        return ""


async def _body(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """Return the body of *response*; raises ValueError where it has more than *limit* bytes, of which no more are read."""
    body = bytearray()
    async for piece in response.content.iter_chunked(65_536):
        body += piece
        if len(body) > limit:
            raise ValueError("the answer is too long")
    return bytes(body)


def _join(url: str, to: str) -> str:
    """Return the address that *to* means on the page *url*; as it stands where it means none."""
    try:
        return urljoin(url, to)
    except ValueError:
        return to


def _cause(error: BaseException) -> BaseException:
    """Return what stands behind the failure of a resolver, or the error itself."""
    return error.os_error if isinstance(error, aiohttp.ClientConnectorDNSError) else error


def _is_missing(error: BaseException) -> bool:
    """Whether the name system knows no such host."""
    cause = _cause(error)
    return isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_NONAME


_FAULTS: tuple[tuple[type[BaseException], str], ...] = (  # the first that fits
    (PrivateAddressError, "leads to a private address"),
    (TimeoutError, _TIMEOUT),
    (aiohttp.ClientSSLError, "its certificate is not valid"),
    (aiohttp.ClientConnectorError, _UNREACHED),
    (socket.gaierror, _UNREACHED),
    (OSError, _BROKEN),
    (aiohttp.ServerDisconnectedError, _BROKEN),
)


def _reason(error: BaseException) -> str:
    """Return in a few words why there was no answer."""
    if _is_missing(error):
        return "no such host"
    cause = _cause(error)
    return next((words for kind, words in _FAULTS if isinstance(cause, kind)), "its answer is malformed")
