"""Asking many addresses: host by host, a bounded number of hosts at a time, every answer written down at once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping

from ..model.records import LinkCheck
from ..model.vocabulary import Light
from .archive import Archive
from .client import Answer, Client, host_of
from .journal import Journal
from .limits import Limits

_PROBES = 8  # hosts that are tried before it is said that there is no network
_SILENT = 8  # answers that fail to come, one after the other, before it is asked whether the network is still there


class OfflineError(Exception):
    """No host can be reached at all; the message says how it was found out."""


async def require_network(client: Client, urls: Iterable[str]) -> None:
    """Raise :class:`OfflineError` unless some host of *urls* answers something."""
    hosts: dict[str, str] = {}
    for url in urls:
        hosts.setdefault(host_of(url), url)
    probes = list(hosts.values())[:_PROBES]
    for probe in asyncio.as_completed([client.ask_once(url) for url in probes]):
        if (await probe).status is not None:
            return
    if probes:
        raise OfflineError(f"none of {len(probes)} hosts can be reached")


class Survey:
    """One round of questions.

    *before* holds the results of the last round, whose archived copies are kept; *tell* hears of each answer. The
    hosts of *probes* tell whether there is a network where several answers in a row fail to come.
    """

    def __init__(
        self,
        client: Client,
        limits: Limits,
        *,
        archive: Archive,
        journal: Journal,
        before: Mapping[str, LinkCheck],
        tell: Callable[[LinkCheck], None],
        probes: Collection[str] = (),
    ) -> None:
        self._client, self._limits, self._archive, self._journal = client, limits, archive, journal
        self._before, self._tell, self._probes = before, tell, probes
        self._silent: list[str] = []  # the addresses asked last, as far as none of them answered
        self._probing = asyncio.Lock()

    async def run(self, urls: Iterable[str]) -> dict[str, LinkCheck]:
        """Return what each of *urls* answered; those in the journal are not asked again.

        Raises :class:`OfflineError` when the network is lost on the way; the journal keeps what was answered before.
        """
        wanted = list(dict.fromkeys(urls))
        groups: dict[str, deque[str]] = {}
        for url in wanted:
            if url not in self._journal.answers:
                groups.setdefault(host_of(url), deque()).append(url)
        # The longest first, so that none is left over at the end.
        queue = deque(sorted(groups.values(), key=len, reverse=True))
        try:
            async with asyncio.TaskGroup() as tasks:
                for _ in range(min(self._limits.hosts, len(queue))):
                    tasks.create_task(self._visit_hosts(queue))
            await self._confirm_network(1)
        except* OfflineError:
            lost = True
        else:
            lost = False
        if lost:
            self._journal.withdraw(self._silent)
            raise OfflineError(f"it was lost after {len(self._journal.answers)} answers; run it again to go on")
        return {url: self._journal.answers[url] for url in wanted}

    async def _visit_hosts(self, queue: deque[deque[str]]) -> None:
        """Take one host after the other from *queue*."""
        while queue:
            urls = queue.popleft()
            async with asyncio.TaskGroup() as tasks:
                for _ in range(min(self._limits.per_host, len(urls))):
                    tasks.create_task(self._visit(urls))

    async def _visit(self, urls: deque[str]) -> None:
        """Ask one address after the other of a host."""
        while urls:
            url = urls.popleft()
            check = await self._judge(url, await self._client.ask(url))
            self._journal.add(check)
            self._tell(check)
            self._silent = [*self._silent, url] if check.status is None else []
            await self._confirm_network(_SILENT)

    async def _confirm_network(self, silent: int) -> None:
        """Raise :class:`OfflineError` if the last *silent* answers failed to come and no host can be reached."""
        if len(self._silent) < silent:
            return
        async with self._probing:
            if len(self._silent) < silent:
                return  # another has found out in the meantime
            self._client.forget_names()
            live = [url for url, check in self._journal.answers.items() if check.status is not None]
            await require_network(self._client, [*live, *self._probes])
            self._silent = []

    async def _judge(self, url: str, answer: Answer) -> LinkCheck:
        """Return the light of *url*: only a server, or the name system, can say that something is gone."""
        light, copy = Light.UNKNOWN, ""
        if answer.is_live:
            light = Light.LIVE
        elif answer.is_gone:
            copy = await self._archive.find(url) or (self._before[url].archive if url in self._before else "")
            light = Light.ARCHIVED if copy else Light.GONE
        reason = answer.reason or ("" if answer.is_live else f"answers {answer.status}")
        return LinkCheck(
            url=url,
            light=light,
            checked=self._journal.today.isoformat(),
            status=answer.status,
            final=answer.final if answer.is_live and answer.final != url else "",
            archive=copy,
            reason=reason,
        )
