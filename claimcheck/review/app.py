"""The review app: a page, and a few JSON calls that read the desk or add to it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from claimcheck.errors import ClaimcheckError
from claimcheck.report.html import STATIC
from claimcheck.report.words import Words
from claimcheck.review.agreement import ALL, agreement
from claimcheck.review.desk import Desk
from claimcheck.review.queue import BLIND_STATES, STATES, Wanted
from claimcheck.review.reviewers import Doors, Reviewer
from claimcheck.review.security import Wall
from claimcheck.review.show import HERE, pair_html, render
from claimcheck.review.verdicts import Act
from claimcheck.store import open_store

_COOKIE = "claimcheck"
_YEAR = 31_536_000
# Names, not paths, lead to files: nothing else can be asked for.
_FILES = {
    "report.css": (STATIC / "report.css", "text/css"),
    "review.css": (HERE / "static" / "review.css", "text/css"),
    "review.js": (HERE / "static" / "review.js", "text/javascript"),
    "login.js": (HERE / "static" / "login.js", "text/javascript"),
}
Handler = Callable[[Request, Reviewer], Awaitable[Response]]


def make_app(corpus: Path, doors: Doors, words: Words, hosts: tuple[str, ...] = ()) -> Wall:
    """The app behind its wall; the corpus is open while the app runs."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with open_store(corpus) as store:
            app.state.desk = Desk(store)
            yield

    pages = _Pages(doors, words)
    app = Starlette(
        routes=[
            Route("/", pages.home),
            Route("/agreement", pages.known(pages.agreement)),
            Route("/static/{name}", pages.file),
            Route("/login", pages.login, methods=["POST"]),
            Route("/api/next", pages.known(pages.next)),
            Route("/api/finding/{id}", pages.known(pages.finding)),
            Route("/api/decide", pages.known(pages.decide), methods=["POST"]),
            Route("/api/undo", pages.known(pages.undo), methods=["POST"]),
        ],
        lifespan=lifespan,
        exception_handlers={ClaimcheckError: _refused},
    )
    return Wall(app, hosts)


async def _refused(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, status_code=409)


class _Pages:
    """What is answered to each address."""

    def __init__(self, doors: Doors, words: Words) -> None:
        self._doors = doors
        self._words = words

    def known(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """Only for reviewers."""

        async def answer(request: Request) -> Response:
            reviewer = self._who(request)
            if reviewer is None:
                raise HTTPException(401, "log in first")
            return await handler(request, reviewer)

        return answer

    def _who(self, request: Request) -> Reviewer | None:
        return self._doors.who(request.cookies.get(_COOKIE))

    async def home(self, request: Request) -> Response:
        """The page itself; where a token is needed, the page that asks for it."""
        reviewer = self._who(request)
        if reviewer is None:
            return HTMLResponse(render("login.html.j2", self._words), status_code=401)
        desk: Desk = request.app.state.desk
        desk.refresh()
        states = BLIND_STATES if reviewer.blind else STATES
        return HTMLResponse(
            render(
                "desk.html.j2",
                self._words,
                reviewer=reviewer,
                states=states,
                topics=sorted({item.topic for item in desk.items.values() if item.topic}),
                outlets=sorted({each.article.outlet for item in desk.items.values() for each in item.accounts}),
                reviewers=sorted({o.reviewer for review in desk.standing.values() for o in review.opinions}),
            )
        )

    async def agreement(self, request: Request, reviewer: Reviewer) -> Response:
        """How far reviewers agree."""
        desk: Desk = request.app.state.desk
        desk.refresh()
        measured = agreement(desk.standing.values())
        return HTMLResponse(render("agreement.html.j2", self._words, measured=measured, all=ALL))

    async def file(self, request: Request) -> Response:
        """Style and scripts."""
        found = _FILES.get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        return Response(found[0].read_bytes(), media_type=found[1])

    async def login(self, request: Request) -> Response:
        """Exchange a token for a cookie that no script reads and no other site sends."""
        if self._doors.local is not None:
            raise HTTPException(404)
        token = (await _body(request)).get("token")
        if not isinstance(token, str) or self._doors.who(token) is None:
            return JSONResponse({"error": self._words("review.wrong_token")}, status_code=403)
        response = JSONResponse({})
        response.set_cookie(_COOKIE, token, max_age=_YEAR, httponly=True, samesite="strict")
        return response

    async def next(self, request: Request, reviewer: Reviewer) -> Response:
        """The finding to decide now."""
        return self._waiting(request, reviewer, _wanted(request.query_params, reviewer))

    async def finding(self, request: Request, reviewer: Reviewer) -> Response:
        """One finding by its id."""
        return self._one(request, reviewer, request.path_params["id"], _wanted(request.query_params, reviewer))

    async def decide(self, request: Request, reviewer: Reviewer) -> Response:
        """Keep a verdict and show the next finding; after a flag or a note, the same one again."""
        body = await _body(request)
        desk: Desk = request.app.state.desk
        wanted = _wanted(body.get("wanted"), reviewer)
        finding, verdict = str(body.get("finding")), str(body.get("verdict"))
        desk.act(reviewer, finding, verdict, str(body.get("note") or ""), ruling=wanted.state == "conflict")
        if verdict in (Act.FLAG, Act.NOTE):
            return self._one(request, reviewer, finding, wanted)
        return self._waiting(request, reviewer, wanted, after=finding)

    async def undo(self, request: Request, reviewer: Reviewer) -> Response:
        """Take back the last act and show what it was about."""
        body = await _body(request)
        desk: Desk = request.app.state.desk
        finding = desk.undo(reviewer)
        wanted = _wanted(body.get("wanted"), reviewer)
        if finding is None:
            return self._waiting(request, reviewer, wanted)
        return self._one(request, reviewer, finding, wanted)

    def _waiting(self, request: Request, reviewer: Reviewer, wanted: Wanted, after: str = "") -> Response:
        """Answer with the first finding that waits, or the one behind ``after`` if that still does."""
        desk: Desk = request.app.state.desk
        ids = [item.id for item in desk.waiting(wanted, reviewer)]
        place = ids.index(after) + 1 if after in ids else 0
        return self._answer(desk, reviewer, ids[place % len(ids)] if ids else None, len(ids))

    def _one(self, request: Request, reviewer: Reviewer, id: str, wanted: Wanted) -> Response:
        desk: Desk = request.app.state.desk
        waiting = desk.waiting(wanted, reviewer)
        if id not in desk.items:
            raise HTTPException(404)
        return self._answer(desk, reviewer, id, len(waiting))

    def _answer(self, desk: Desk, reviewer: Reviewer, id: str | None, waiting: int) -> Response:
        html = pair_html(desk.items[id], desk.standing.get(id), reviewer, self._words) if id else None
        return JSONResponse(
            {"finding": id, "html": html, "waiting": waiting, "progress": asdict(desk.progress(reviewer))}
        )


async def _body(request: Request) -> Mapping[str, Any]:
    try:
        values = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise HTTPException(400, "send JSON") from None
    if not isinstance(values, dict):
        raise HTTPException(400, "send a JSON object")
    return values


def _wanted(values: object, reviewer: Reviewer) -> Wanted:
    """The filters asked for; a state that this reviewer may not see is that of the open findings."""
    given = values if isinstance(values, Mapping) else {}
    known = {name: str(given.get(name) or "") for name in ("state", "relation", "outlet", "topic", "reviewer")}
    states = BLIND_STATES if reviewer.blind else STATES
    return Wanted(**{**known, "state": known["state"] if known["state"] in states else "open"})
