from __future__ import annotations

import json

from jsonschema import Draft202012Validator

from conftest import Build


def test_claims_keep_to_their_schema(build: Build) -> None:
    built = build()
    claims = json.loads(built.page("data/sample/claims.json"))
    schema = json.loads(built.page("data/sample/claims.schema.json"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(claims)
    assert [claim["id"] for claim in claims] == ["quay-date", "quay-cost", "trade-doubled"]
    assert claims[0]["paragraph"] == 1
    assert claims[0]["evidence"] == [{"id": "gazette1901quay", "locator": "p. 2"}]
    assert claims[1]["review_by"] == "2028-11-23"


def test_the_schema_refuses_what_is_no_claim(build: Build) -> None:
    built = build()
    schema = json.loads(built.page("data/sample/claims.schema.json"))
    claim = json.loads(built.page("data/sample/claims.json"))[0]
    for change in ({"verdict": "true"}, {"paragraph": 0}, {"headline": "x" * 61}, {"extra": 1}):
        assert list(Draft202012Validator(schema).iter_errors([{**claim, **change}]))
