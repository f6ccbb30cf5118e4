"""Pages as HTML: the templates, the words in them, and what stands on every page.

Comes in: an `Ask`, a template's name and what it shows. Goes out: a response: the page, or only its main part where the script asks for a
fragment. Everything from documents is escaped. Example: `render(ask, "disputes.html", "Disputes", page=page)`.
"""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from presstime.desk.asking import Ask, RefusedError, link, same_but
from presstime.ledger.lookups_log import Mark, news_counts
from presstime.ledger.lookups_record import Entry, entry
from presstime.show.moments import moment_words, timex_words
from presstime.show.passages import printable
from presstime.show.wording import WORDS, bound_words, capital, country_words, number_words, plural

if TYPE_CHECKING:
    from presstime.desk.state import Desk

__all__ = ["ASSETS", "NAVIGATION", "asset", "news_of", "render", "render_error"]

NAVIGATION = (
    ("/", "Overview", "o"),
    ("/review", "Review", "r"),
    ("/documents", "Documents", "d"),
    ("/statements", "Statements", "s"),
    ("/series", "Figures", "f"),
    ("/events", "Events", "e"),
    ("/disputes", "Disputes", "x"),
    ("/places", "Places", "p"),
    ("/actors", "Actors", "a"),
    ("/editions", "Editions", "n"),
    ("/log", "Log", "l"),
)
"""Path, word, and the letter that follows g on the keyboard."""

ASSETS = {
    "desk.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "review.js": "text/javascript; charset=utf-8",
}
REVIEWS = {"machine": "machine", "checked": "checked", "corrected": "corrected", "added": "added", "withdrawn": "withdrawn"}


@cache
def asset(name: str) -> tuple[bytes, str]:
    """An asset's bytes and their hash, which stands in its address so that a browser may keep it."""
    found = files("presstime.desk").joinpath("assets", name).read_bytes()
    if name == "desk.css":  # the colours, letters and pictures are the report's
        report = files("presstime.show").joinpath("templates")
        found = report.joinpath("style.css").read_bytes() + report.joinpath("figures.css").read_bytes() + found
    return found, hashlib.sha256(found).hexdigest()[:12]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("presstime.desk", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    environment.filters |= {"plural": plural, "number": number_words, "bounds": bound_words, "capital": capital, "country": country_words}
    environment.filters["act"] = lambda act: WORDS.act[act].noun if act in WORDS.act else act
    environment.filters["measure"] = lambda measure: WORDS.measure[measure].title if measure in WORDS.measure else measure
    environment.filters["event"] = lambda type_: WORDS.event.get(type_, type_.lower())
    environment.filters["standing"] = lambda standing: WORDS.standing.get(standing, standing)
    environment.filters["timex"] = timex_words
    environment.globals |= {"link": link, "same_but": same_but, "navigation": NAVIGATION, "asset": lambda name: asset(name)[1]}
    return environment


def news_of(ask: Ask) -> tuple[Mark | None, int]:
    """When and where a person looked last, and how much has come since; (None, 0) for one who never said."""
    import msgspec

    if ask.person is None:
        return None, 0
    kept = ask.desk.accounts.seen(ask.person.name)
    if kept is None:
        return None, 0
    mark = ask.look.kept(("mark", kept), lambda: msgspec.json.decode(kept, type=Mark))
    return mark, sum(news_counts(ask.look, mark, ask.sight, but=ask.person.name))


def render(ask: Ask, template: str, title: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page. `title` stands in the browser's tab and over the page; the template's block "main" is what a fragment is."""
    mark, news = news_of(ask)
    zone = ask.desk.story.time_zone
    path, _, _ = ask.url.partition("?")
    common = {
        "title": title,
        "story": ask.desk.story.title,
        "person": ask.person,
        "alone": ask.desk.alone,
        "csrf": (ask.person.token or "") if ask.person else "",
        "path": path,
        "url": ask.url,
        "query": ask.query,
        "when": lambda iso: _when(iso, zone),
        "news": news,
        "looked": mark is not None,
        "busy": ask.desk.findings_busy,
        "fault_of_findings": ask.desk.findings.fault,
        "may_edit": ask.person is not None and ask.person.may("editor"),
        "bare": ask.fragment,
        "done": _done(ask),
        "done_back": same_but(path, ask.query),
    }
    return HTMLResponse(_environment().get_template(template).render({**common, **values}), status)


def _done(ask: Ask) -> Entry | None:
    """What this person has done a moment ago, as the address says: it is told, with a way to take it back."""
    identifier = ask.query.get("done")
    if not identifier or ask.person is None or not ask.person.may("editor"):
        return None
    found = entry(ask.look, identifier[:100])
    return found if found is not None and found.by == ask.person.name else None


@lru_cache(maxsize=4096)
def _when(iso: str | None, zone: str) -> str:
    """A moment in the story's time, or a TIMEX value in words."""
    if iso is None:
        return "no date"
    words = moment_words(iso, zone) or "no date"
    return (timex_words(iso) or iso) if words == iso else words


def render_error(desk: Desk, refused: RefusedError) -> str:
    """The page that says what was not done and what to do next. It tells nothing of the story but that a desk is here."""
    return (
        _environment().get_template("error.html").render(title=_TITLES.get(refused.status, "Not done"), why=refused.why, alone=desk.alone)
    )


_TITLES = {
    400: "That is not asked right",
    401: "Who is there?",
    403: "Not for you",
    404: "Not here",
    409: "Changed meanwhile",
    429: "Wait a little",
}
