"""YAML as anybody may send it: what no file of ours can hold is refused in one line."""

from __future__ import annotations

from typing import Any

import yaml

from ..model.json_text import ParseError, writable
from ..model.text import shortened

_DEEPEST = 100  # levels: the loader, which is written in C, would go down until its stack is full


def parse_yaml(text: str) -> Any:
    """Return the value of the YAML *text*; raises :class:`~annotated_brief.model.json_text.ParseError`."""
    try:
        _refuse_bombs(text)
        return writable(yaml.load(text, yaml.CSafeLoader))
    except ParseError:
        raise
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise ParseError(f"it is no YAML ({line}{shortened(error.problem)})") from None
    # What a value is not shows itself in many ways, and PyYAML promises none of them.
    except (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ParseError(f"it holds a value that is none ({shortened(error)})") from None


def _refuse_bombs(text: str) -> None:
    """Raise for a *text* of a few lines that stands for more than any machine holds, or is nested without end."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            line = f"line {event.start_mark.line + 1}: " if event.start_mark else ""
            raise ParseError(f"{line}write out what the alias stands for")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ParseError("it is nested too deeply")
