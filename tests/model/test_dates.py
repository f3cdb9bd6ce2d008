import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_brief.model.dates import DateError, parse_edtf


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("2014", "2014"),
        ("2014-08", "August 2014"),
        ("2014-08-29", "29 August 2014"),
        ("1992~", "about 1992"),
        ("1992-10?", "perhaps October 1992"),
        ("2016-05-01/2020-03-01", "1 May 2016 – 1 March 2020"),
        ("1991/..", "since 1991"),
        ("../2014", "until 2014"),
    ],
)
def test_dates_read_as_words(source: str, text: str) -> None:
    assert parse_edtf(source).text() == text


@pytest.mark.parametrize(
    "source",
    [
        "2022-01-34",
        "2022-13",
        "2023-02-29",
        "January 34, 2022",
        "",
        "..",
        "../..",
        "2020/2019",
        "1/2/3",
        "２０１４",
        "0000",
    ],
)
def test_what_is_no_date_is_refused(source: str) -> None:
    with pytest.raises(DateError):
        parse_edtf(source)


@given(st.text())
def test_any_text_is_read_or_refused(source: str) -> None:
    try:
        parsed = parse_edtf(source)
    except DateError:
        return
    assert parsed.source == source
    assert parsed.text()


@given(st.dates())
def test_every_day_survives(day: object) -> None:
    assert str(parse_edtf(str(day)).start.first_day()) == str(day)  # type: ignore[union-attr]
