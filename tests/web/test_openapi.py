"""The API's own description: as kept for the page, complete, and what really comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from mitral.web import openapi
from mitral.web.app import create_app

KEPT = Path(openapi.__file__).parent / "openapi.json"


def test_the_copy_that_the_page_is_made_of_is_this_one():
    """`python -m mitral.web.openapi > src/mitral/web/openapi.json` and `npm run types` in web."""
    assert KEPT.read_text(encoding="utf-8") == openapi.text()


def operations() -> list[tuple[str, str, dict]]:
    return [
        (path, method, one)
        for path, methods in create_app().openapi()["paths"].items()
        for method, one in methods.items()
    ]


@pytest.mark.parametrize(("path", "method", "one"), operations())
def test_every_route_describes_its_answer_and_its_refusals(path, method, one):
    assert one["description"], path
    assert one["tags"], path
    for status, answer in one["responses"].items():
        kinds = set(answer["content"])
        refusal = int(status) >= 400
        assert (kinds == {"application/problem+json"}) == refusal, f"{method} {path} {status}"
    assert {"403", "421", "503"} <= set(one["responses"])
    if method == "post":
        assert {"413", "415", "422"} <= set(one["responses"])
        assert one["requestBody"]["required"]


def test_every_reference_leads_somewhere():
    document = create_app().openapi()
    known = document["components"]["schemas"]

    def follow(node: object) -> None:
        if isinstance(node, dict):
            if "$ref" in node:
                assert node["$ref"].removeprefix("#/components/schemas/") in known
            for value in node.values():
                follow(value)
        elif isinstance(node, list):
            for value in node:
                follow(value)

    follow(document)
