"""YAML as anybody may send it: what no file of ours can hold is refused in one line."""

from __future__ import annotations

from typing import Any

import yaml

from ..model.json_text import ParseError, writable
from ..model.text import shortened


class _Loader(yaml.SafeLoader):
    """Reads values, and no aliases: a few lines of them may stand for more than any machine holds."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the next node."""
        if self.check_event(yaml.AliasEvent):
            line = self.peek_event().start_mark.line + 1  # type: ignore[no-untyped-call]
            raise ParseError(f"line {line}: write out what the alias stands for")
        return super().compose_node(parent, index)


def parse_yaml(text: str) -> Any:
    """Return the value of the YAML *text*; raises :class:`~annotated_brief.model.json_text.ParseError`."""
    try:
        return writable(yaml.load(text, _Loader))  # noqa: S506  (a SafeLoader)
    except ParseError:
        raise
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise ParseError(f"it is no YAML ({line}{shortened(error.problem)})") from None
    except RecursionError:
        raise ParseError("it is nested too deeply") from None
    # What a value is not shows itself in many ways, and PyYAML promises none of them.
    except (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ParseError(f"it holds a value that is none ({shortened(error)})") from None
