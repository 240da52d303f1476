"""Every operation of the catalogue, in both forms."""

from __future__ import annotations

import asyncio
import inspect

import pytest
from test_scenarios import keyword

import learnerlink
from learnerlink import aio, models
from learnerlink._constants import OPERATIONS

VALUES = {"ukprn": "10099901", "user": "clerk@example.test", "traceId": "t-1", "timeoutMs": 5000}
# These decide between two ways to call the operation, of which only one may be used.
LEFT_OUT = {"profile", "rules", "stylesheet", "newVaultKey", "newVaultKeyFile"}


def value_of(schema, folder):
    """Some value that the schema allows; the operation may still have its reasons to refuse it."""
    schema = next((s for s in schema.get("anyOf", []) if s.get("type") != "null"), schema)
    words = [variant["const"] for variant in schema.get("oneOf", []) if "const" in variant]
    kind = schema.get("type")
    kind = next(word for word in kind if word != "null") if isinstance(kind, list) else kind
    if words:
        return words[0]
    if "properties" in schema:
        wanted = schema.get("required", [])
        return {key: value_of(value, folder) for key, value in schema["properties"].items() if key in wanted}
    if kind == "array":
        return [value_of(schema["items"], folder)]
    simple = {"integer": schema.get("minimum", 1), "number": 1, "boolean": False, "object": {}}
    return simple.get(kind, str(folder))


def calls(folder):
    for operation in learnerlink.describe()["operations"]:
        properties = operation["request"]["properties"]
        file = folder / operation["name"]
        given = {key: VALUES.get(key) or value_of(schema, file) for key, schema in properties.items()}
        keywords = {keyword(key): value for key, value in given.items() if key not in LEFT_OUT}
        if "from" in keywords:
            keywords["from_"] = keywords.pop("from")
        yield operation["name"], keywords


def check(name, call):
    """Calls an operation with every keyword: it answers with its model, or has a reason in the values."""
    model = getattr(models, "".join(part.capitalize() for part in name.split("_")) + "Response")
    try:
        response = call()
    except learnerlink.LearnerLinkError as error:
        assert not isinstance(error, (learnerlink.UsageError, learnerlink.InternalError)), (name, error)
        assert error.code not in ("UNKNOWN_KEY", "INVALID_JSON", "UNKNOWN_OPERATION"), (name, error)
        return 0
    assert type(response) is model
    assert model.from_json(response.raw_json) == response
    return 1


def test_every_operation_can_be_called_in_the_blocking_form(plugin, tmp_path):
    answered = [check(name, lambda: getattr(plugin, name)(**keywords)) for name, keywords in calls(tmp_path)]
    assert len(answered) == len(OPERATIONS)
    assert sum(answered) >= 15


def test_every_operation_can_be_called_in_asyncio(sandbox, tmp_path):
    loop = asyncio.new_event_loop()
    plugin = aio.Plugin(sandbox.config)
    run = loop.run_until_complete
    try:
        answered = [check(name, lambda: run(getattr(plugin, name)(**keywords))) for name, keywords in calls(tmp_path)]
        assert sum(answered) >= 15
    finally:
        plugin.close()
        loop.close()


@pytest.mark.parametrize("name", OPERATIONS)
def test_both_forms_take_the_same_keywords_and_are_documented(name):
    blocking, asynchronous = getattr(learnerlink.Plugin, name), getattr(aio.Plugin, name)
    assert inspect.iscoroutinefunction(asynchronous)
    assert inspect.signature(blocking) == inspect.signature(asynchronous)
    assert blocking.__doc__ == asynchronous.__doc__
    assert "Outcomes:" in blocking.__doc__
