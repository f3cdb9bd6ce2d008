"""The rules themselves: each complete, in one group, with examples that the markup of the edition would know."""

from __future__ import annotations

from collections import Counter

from annotated_brief.diagnostics import Code, Level, load_coverage, load_rules


def test_every_code_has_a_rule_with_all_its_parts() -> None:
    for code, rule in load_rules().items():
        assert all((rule.title.endswith("."), rule.why.endswith("."), rule.bad.strip(), rule.good.strip())), code
        assert rule.bad != rule.good, code


def test_every_code_is_in_one_row_of_what_is_covered() -> None:
    rows = Counter(code for row in load_coverage() for code in row.rules)
    assert rows == Counter(dict.fromkeys(Code, 1))
    assert all(row.people for row in load_coverage()), "no rule replaces a reader"


def test_what_time_alone_brings_about_never_fails_a_check() -> None:
    assert Code.REVIEW_OVERDUE.level is not Level.ERROR
