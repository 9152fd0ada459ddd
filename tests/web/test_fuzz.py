"""Whatever is sent to the API, nothing breaks, and every refusal is a problem document."""

from __future__ import annotations

import warnings

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from mitral.web.app import create_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    schema = schemathesis.openapi.from_dict(create_app().openapi())

EXAMPLES = 15
"""For each route; a beat takes milliseconds, a picture most of a second."""
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_nothing_breaks(case: schemathesis.Case, address: str):
    answer = case.call(base_url=address)
    case.validate_response(answer, checks=CHECKS)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == ["application/problem+json"]
        assert answer.json()["status"] == answer.status_code
    if answer.status_code == 202:
        httpx.delete(address + answer.headers["location"][0])
