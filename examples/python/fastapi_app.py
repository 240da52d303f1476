"""A web application that shows a learner a code and tells the page when they have shared.

    pip install learnerlink fastapi uvicorn
    LEARNERLINK_CONFIG=learnerlink.json uvicorn fastapi_app:app

The page posts to /shares, shows `image`, and asks for /shares/{key} until the state is not `pending`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

import learnerlink


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """One plugin for the whole process, opened by the worker itself and not before it was forked."""
    async with learnerlink.aio.open(os.environ.get("LEARNERLINK_CONFIG", "learnerlink.json")) as plugin:
        app.state.plugin = plugin
        yield


app = FastAPI(lifespan=lifespan)
# The correlation id is a secret, so the page gets a key of its own. With several workers keep them in a store.
shares: dict[str, learnerlink.QrShare] = {}


@app.post("/shares")
async def show(ukprn: str) -> dict[str, str]:
    """Asks for a code."""
    share = await app.state.plugin.generate_qr_code(ukprn)
    key = secrets.token_urlsafe()
    shares[key] = share
    return {"key": key, "image": share.data_uri, "expiresAt": share.expires_at.isoformat()}


@app.get("/shares/{key}")
async def outcome(key: str) -> dict[str, Any]:
    """Tells what became of a share, after at most 25 seconds. A page that goes away stops the wait."""
    if key not in shares:
        raise HTTPException(404)
    outcome = await app.state.plugin.wait_for_learner_data(shares[key], timeout=25)
    if outcome.state is not learnerlink.ShareState.PENDING:
        shares.pop(key, None)
    return {"state": outcome.state.value, "record": outcome.record.to_dict() if outcome.record else None}


@app.exception_handler(learnerlink.LearnerLinkError)
async def failed(request: Request, error: learnerlink.LearnerLinkError) -> JSONResponse:
    """The code is enough for the page; message and causes belong into the log."""
    return JSONResponse({"code": error.code, "retriable": error.retriable}, status_code=502)
