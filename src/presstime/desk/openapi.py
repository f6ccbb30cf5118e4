"""The OpenAPI description of the desk's API, written from the table of look-ups.

Comes in: nothing. Goes out: JSON in OpenAPI 3.1, whose schemas are JSON Schema. Example: /api/v1/statements has the parameter `act`, one of
the sixteen acts, and answers with a page of `StatementRow`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from presstime.desk.api import BASE, LOOKUPS, Lookup
from presstime.desk.api_bodies import JobStarted, Write
from presstime.desk.api_write import MORE_LOOKUPS, WRITES
from presstime.version import __version__

__all__ = ["description"]

_FAULTS = {
    "400": "A parameter is not as it must be",
    "401": "No key or session was sent, or one that is not good",
    "403": "The key's role may not ask this",
    "404": "There is nothing by that id, or nothing that this role may see",
}
_WRITE_FAULTS = {
    "400": "The body is not as it must be, or it cannot be done so",
    "409": "Somebody else has entered something meanwhile: nothing was done",
    "413": "The body is too long",
    "415": "The body is not JSON",
    "422": "The Idempotency-Key was sent with another request before",
    "503": "Another program is writing to the ledger: send it again",
}
_FAULT = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {"status": {"type": "integer"}, "message": {"type": "string"}, "earlier": {}},
            "required": ["status", "message"],
            "description": "`earlier` is with a 409: what somebody else has entered meanwhile",
        }
    },
    "required": ["error"],
}


@cache
def description() -> bytes:
    """The description as JSON."""
    lookups = (*LOOKUPS, *MORE_LOOKUPS)
    takes = tuple(dict.fromkeys((*(one.takes for one in lookups), *(one.takes for one in WRITES))))
    gives = tuple(dict.fromkeys((*(one.gives for one in lookups), *(one.gives for one in WRITES))))
    schemas, components = msgspec.json.schema_components((*takes, *gives), ref_template="#/components/schemas/{name}")
    of = dict(zip((*takes, *gives), schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {BASE + lookup.path: {"get": _operation(lookup, of, components)} for lookup in lookups}
    for write in WRITES:
        paths.setdefault(BASE + write.path, {})[write.method.lower()] = _write_operation(write, of)
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "presstime desk",
                "version": __version__,
                "description": "A story's record, looked up and put right. A key: presstime desk STORY --add-key NAME --role reader",
            },
            "security": [{"key": []}, {"session": []}],
            "paths": paths,
            "components": {
                "schemas": {**components, "Fault": _FAULT},
                "securitySchemes": {
                    "key": {"type": "http", "scheme": "bearer"},
                    "session": {"type": "apiKey", "in": "cookie", "name": "presstime-desk"},
                },
            },
        }
    )


def _operation(lookup: Lookup, of: dict[Any, dict[str, Any]], components: dict[str, Any]) -> dict[str, Any]:
    parameters = _in_path(lookup.path)
    takes = components[of[lookup.takes]["$ref"].rpartition("/")[2]]
    for name, schema in takes.get("properties", {}).items():
        plain = {key: value for key, value in schema.items() if key != "default"}
        if "anyOf" in plain:  # a parameter that is not sent is none: null is no value of it
            options = [one for one in plain["anyOf"] if one != {"type": "null"}]
            plain = options[0] if len(options) == 1 else {"anyOf": options}
        if "enum" in plain:
            plain = {**plain, "enum": [one for one in plain["enum"] if one is not None]}
        parameters.append({"name": name, "in": "query", "required": False, "schema": plain})
    faults = dict(_FAULTS)
    if lookup.path == "/compare":
        faults["503"] = "It is being worked out: ask again"
    return {
        "summary": lookup.summary,
        "operationId": "look_up" + re.sub(r"\W+", "_", lookup.path).rstrip("_"),
        "parameters": parameters,
        "responses": {
            "200": {"description": "Found", "content": {"application/json": {"schema": of[lookup.gives]}}},
            **_faults(faults),
        },
    }


def _write_operation(write: Write, of: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    """Something that can be done: a body, what it gives, and what may go wrong."""
    done = "202" if write.gives is JobStarted else "200"
    key = {"name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{1,200}$"}}
    return {
        "summary": write.summary,
        "operationId": write.method.lower() + re.sub(r"\W+", "_", write.path).rstrip("_"),
        "description": f"For the role {write.role}, and those above it. A form's session sends its token as X-CSRF-Token.",
        "parameters": [*_in_path(write.path), key],
        "requestBody": {"required": True, "content": {"application/json": {"schema": of[write.takes]}}},
        "responses": {
            done: {"description": "Done", "content": {"application/json": {"schema": of[write.gives]}}},
            **_faults(_FAULTS | _WRITE_FAULTS),
        },
    }


def _in_path(path: str) -> list[dict[str, Any]]:
    names = re.findall(r"\{(\w+)\}", path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}} for name in names]


def _faults(faults: dict[str, str]) -> dict[str, Any]:
    fault = {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}}
    return {status: {"description": why, "content": fault} for status, why in faults.items()}
