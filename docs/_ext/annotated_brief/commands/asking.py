"""Answers to what a verb must know: given as options, or asked for on a terminal with completion."""

import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import typer
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from ..drafting.markup import one_line
from ..reading.options import Option, OptionError
from .project import Fault, Interrupted

Read = Callable[[str], Any]
Choices = Mapping[str, str]  # what can be written, and what is said beside it
_ROLE = re.compile(r"\{(?P<role>term|annotation|source|quote|cite:t)\}`(?P<begun>[^`]*)$")


class Answers:
    """The answers of one run; *asks* says whether somebody sits at a terminal."""

    def __init__(self, *, asks: bool | None = None) -> None:
        self.asks = is_terminal() if asks is None else asks

    def require(self, given: Mapping[str, Any]) -> None:
        """Raise, where nobody can be asked, for all of the options *given* that say nothing."""
        missing = [f"--{name}" for name, value in given.items() if not value]
        if missing and not self.asks:
            what = "these options are" if len(missing) > 1 else "the option is"
            raise typer.BadParameter(f"{what} missing: {', '.join(missing)} (only on a terminal are they asked for)")

    def field(self, name: str, given: str | None, option: Option, choices: Choices | None = None) -> str:
        """Return the answer for the option *name* of a directive, as it is written there."""
        asked = f"{name} ({option.help})" if option.help else name
        preset = str(option.default) if option.required and isinstance(option.default, str) else ""
        return self.ask(name, given, asked, option.read, required=option.required, choices=choices, preset=preset)

    def ask(
        self,
        name: str,
        given: str | None,
        asked: str,
        read: Read,
        *,
        required: bool = False,
        choices: Choices | None = None,
        preset: str = "",
        roles: Mapping[str, Choices] | None = None,
    ) -> str:
        """Return one line of text that *read* takes.

        *given* is the value of the option ``--name``, or None where it was not given; an empty answer means the *preset*.
        An answer that is not taken is asked for again, with what is wrong above it. Raises :class:`typer.BadParameter` for
        a value that is not taken, :class:`Interrupted` for a question that somebody ends, and :class:`Fault` where the
        input ends.
        """

        def fault_of(text: str) -> str:
            try:
                line = text.strip() if roles is not None else one_line(text)
                if line:
                    read(line)
                elif required:
                    return "it must say something"
            except OptionError as error:
                return f"{error}; {error.hint}"
            except ValueError as error:
                return str(error)
            return ""

        if given is not None or not self.asks:
            value = given if given is not None else preset
            if fault := fault_of(value):
                raise typer.BadParameter(f"--{name}: {fault}")
            return value.strip()
        completer = RoleCompleter(roles) if roles is not None else ListCompleter(choices or {})
        session: PromptSession[str] = PromptSession()
        question = asked + (f" [{preset}]" if preset else "" if required else " (may be empty)")
        begun = ""
        while True:
            begun = answer_to(session, name, f"{question}: ", completer, begun)
            value = begun.strip() or preset
            if not (fault := fault_of(value)):
                return value
            typer.echo(wrapped(f"— {fault}"), err=True)


def answer_to(session: PromptSession[str], name: str, question: str, completer: Completer, begun: str) -> str:
    """Return what somebody writes, who may go on from what is *begun*."""
    try:
        return session.prompt(question, default=begun, completer=completer)
    except KeyboardInterrupt:
        raise Interrupted("interrupted; nothing was written") from None
    except EOFError:
        raise Fault(f"the input ended before --{name} was answered; nothing was written") from None


def is_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def anything(text: str) -> str:
    """Return *text*, whatever it says."""
    return text


def wrapped(text: str) -> str:
    """Return *text* in lines of the terminal, broken between words."""
    return textwrap.fill(text, shutil.get_terminal_size().columns - 1, break_long_words=False, break_on_hyphens=False)


class ListCompleter(Completer):
    """Offers *choices* for the part of the answer behind the last semicolon."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Yield what fits."""
        yield from fitting(document.text_before_cursor.rpartition(";")[2].lstrip(), self._choices)


class RoleCompleter(Completer):
    """Offers, inside a role of the text, what it can lead to: *roles* holds the choices of each."""

    def __init__(self, roles: Mapping[str, Choices]) -> None:
        self._roles = roles

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Yield what fits."""
        found = _ROLE.search(document.text_before_cursor)
        if found is not None:
            words, bracket, begun = found["begun"].rpartition("<")
            chosen = self._roles.get(found["role"], {})
            yield from fitting(begun if bracket else found["begun"], chosen, end=">`" if bracket and words else "`")


def fitting(begun: str, choices: Choices, end: str = "") -> Iterator[Completion]:
    """Yield the *choices* that hold what is *begun*, those that start with it first."""
    sought = begun.casefold()
    starting = [word for word in choices if word.casefold().startswith(sought)]
    holding = [word for word in choices if word not in starting and sought in f"{word} {choices[word]}".casefold()]
    for word in [*starting, *holding]:
        yield Completion(word + end, start_position=-len(begun), display=word, display_meta=choices[word])


def described(words: Iterable[Any]) -> dict[str, str]:
    """Return the members of a closed list, with their definitions."""
    return {str(word): word.definition for word in words}
