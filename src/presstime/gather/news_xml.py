"""News agencies' XML: NITF stories and NewsML-G2 items, packages and messages, to their contents.

In: raw bytes and a name. Out: a `Content` an item with words; Problems where an item is under embargo, withdrawn, or only
points at what is elsewhere. `<nitf><body><body.head><hedline><hl1>Five die</hl1>…` gives the headline "Five die".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from presstime.gather.content import Content
from presstime.gather.nitf import nitf_credits, nitf_pieces, nitf_stated
from presstime.gather.pieces import Piece, fragment_pieces, one_line, plain_pieces, tree_pieces
from presstime.gather.stated import Stated
from presstime.gather.wire_notes import embargo_problem, withdrawn_problem
from presstime.gather.xml import local, words_of, xml_tree
from presstime.records import Problem, Provenance

__all__ = ["news_xml_contents"]

MAX_ITEMS = 10_000
"""Items of one message: agencies send one to a few hundred."""
_WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})


def news_xml_contents(data: bytes, name: str) -> Iterator[Content | Problem]:
    """The items of the file, in its order; numbered from 1 where it can hold several."""
    tree = xml_tree(data, name)
    if isinstance(tree, Problem):
        yield tree
        return
    if local(tree.root) == "nitf":
        yield _nitf(tree.root, name, tree.provenance)
    else:
        yield from _message(tree.root, name, tree.provenance)
    yield from tree.problems


def _nitf(root: Any, where: str, notes: tuple[Provenance, ...]) -> Content | Problem:
    stated = Stated(where)
    nitf_stated(root, stated)
    stated.provenance.extend(notes)
    pieces = nitf_pieces(root)
    if not any(piece.kind != "headline" for piece in pieces):
        why = "The story has no words besides its headline. Ask the agency for its text, or leave it out."
        return Problem(where=where, what="empty", why=why)
    credits = tuple(name for name in nitf_credits(root) if name != stated.fields.get("outlet"))
    return stated.content(pieces, credits=credits)


def _message(root: Any, name: str, notes: tuple[Provenance, ...]) -> Iterator[Content | Problem]:
    single = local(root) in ("newsItem", "packageItem")
    items = [root] if single else [item for item in root.iter() if local(item) in ("newsItem", "packageItem")]
    held = {item.get("guid") for item in items}
    other = [local(item) for item in root.iter() if local(item) in ("conceptItem", "knowledgeItem", "planningItem", "catalogItem")]
    for number, item in enumerate(items[:MAX_ITEMS], 1):
        where, place = (name, "") if single else (f"{name}:{number}", f":{number}")
        if local(item) == "packageItem":
            yield from _package(item, where, held)
        else:
            yield _news_item(item, where, place, notes)
    if other:
        why = (
            f"{len(other)} items of the message are no news ({', '.join(sorted(set(other)))}) and were not read. Nothing needs to be done."
        )
        yield Problem(where=name, what="skipped", why=why)
    elif not items:
        yield Problem(where=name, what="empty", why="The message holds no items. Ask the agency for it again.")
    if len(items) > MAX_ITEMS:
        yield Problem(where=name, what="too-large", why=f"The message has more than {MAX_ITEMS:,} items: the first were read. Split it.")


def _news_item(item: Any, where: str, place: str, notes: tuple[Provenance, ...]) -> Content | Problem:
    stated = Stated(where)
    _item_meta(item, stated)
    about = next(_named(item, "contentMeta"), None)
    headline = _content_meta(about, stated) if about is not None else None
    picture = any((_code(found)).endswith(("picture", "graphic", "video", "audio")) for found in _named(item, "itemClass"))
    pieces = _body(item, stated, where)
    if isinstance(pieces, Problem):
        return pieces
    description = next((words for found in _named(item, "description") if (words := words_of(found))), "")
    if not pieces and description:
        kind = "caption" if picture else "summary only"
        stated.note("text", f"newsml-g2 description: {kind}")
        credit = one_line(words_of(next(_named(item, "creditline"), None))) or stated.fields.get("byline")
        pieces = [Piece(text=description, kind="caption", credit=credit) if picture else Piece(text=description)]
    if headline:
        pieces = [
            Piece(text=headline, kind="headline"),
            *(piece for piece in pieces if piece.text != headline or piece.kind == "paragraph"),
        ]
    stated.provenance.extend(notes)
    if not pieces:
        why = "The item has no words of its own: what it is about lies elsewhere. Give that too, or leave it out."
        return Problem(where=where, what="empty", why=why)
    version = item.get("version")
    identity = f"{item.get('guid')}" + (f":{version}" if version else "") if item.get("guid") else None
    return stated.content(pieces, place=place, whence=identity)


def _item_meta(item: Any, stated: Stated) -> None:
    meta = next(_named(item, "itemMeta"), None)
    for provider in _named(meta, "provider"):
        stated.take("outlet", _name_of(provider), "newsml-g2 provider")
    for holder in _named(item, "copyrightHolder"):
        stated.take("outlet", _name_of(holder), "newsml-g2 copyrightHolder")
    for key in ("versionCreated", "firstCreated"):
        stated.date(words_of(next(_named(meta, key), None)), f"newsml-g2 {key}")
    stated.take("language", item.get("{http://www.w3.org/XML/1998/namespace}lang"), "newsml-g2 xml:lang")
    embargo = next(_named(meta, "embargoed"), None)
    if embargo is not None:
        stated.problems.append(embargo_problem(stated.where, words_of(embargo) or "no time is given"))
    status = next((_code(found) for found in _named(meta, "pubStatus")), "")
    if status.rpartition(":")[2] in _WITHDRAWN:
        stated.problems.append(withdrawn_problem(stated.where, status))


def _content_meta(meta: Any, stated: Stated) -> str | None:
    """Takes what is said of the content; gives the headline."""
    for source in _named(meta, "infoSource"):
        stated.take("outlet", _name_of(source), "newsml-g2 infoSource")
    for key in ("by", "creditline"):
        stated.take("byline", words_of(next(_named(meta, key), None)), f"newsml-g2 {key}")
    for creator in _named(meta, "creator"):
        stated.take("byline", _name_of(creator), "newsml-g2 creator")
    stated.take("dateline", words_of(next(_named(meta, "dateline"), None)), "newsml-g2 dateline")
    for located in _named(meta, "located"):
        stated.take("dateline", _name_of(located), "newsml-g2 located")
    stated.date(words_of(next(_named(meta, "contentCreated"), None)), "newsml-g2 contentCreated")
    stated.take("language", next((found.get("tag") for found in _named(meta, "language")), None), "newsml-g2 language")
    headline = one_line(words_of(next(_named(meta, "headline"), None)))
    stated.take("headline", headline, "newsml-g2 headline")
    return headline


def _body(item: Any, stated: Stated, where: str) -> list[Piece] | Problem:
    """The words of the item's content, in the first form that has any: XHTML or NITF within it, or plain text."""
    for inline in _named(item, "inlineXML"):
        inner = next((child for child in inner_elements(inline)), None)
        if inner is None:
            continue
        stated.note("text", f"newsml-g2 inlineXML {local(inner)}")
        if local(inner) == "nitf":
            nitf_stated(inner, stated)
            return nitf_pieces(inner)
        body = next((found for found in inner.iter() if local(found) == "body"), inner)
        pieces = tree_pieces(_without_namespace(body), where)
        if pieces:
            return pieces
    for inline in _named(item, "inlineData"):
        text = inline.text or ""
        if text.strip() and not inline.get("encoding"):
            stated.note("text", "newsml-g2 inlineData")
            return fragment_pieces(text, where) if "html" in (inline.get("contenttype") or "") else plain_pieces(text)
    for remote in _named(item, "remoteContent"):
        if address := remote.get("href"):
            stated.note("media", f"newsml-g2 remoteContent {address}")
    return []


def _package(item: Any, where: str, held: set[str | None]) -> Iterator[Problem]:
    """A package names items; those that are not in the same file must be had elsewhere."""
    refs = [ref for ref in item.iter() if local(ref) == "itemRef"]
    missing = [ref.get("residref") or ref.get("href") or "" for ref in refs if (ref.get("residref") or ref.get("href")) not in held]
    if missing:
        shown = ", ".join(each for each in missing[:3] if each)
        why = f"The package names {len(missing)} items that are not in the file ({shown}). Give their files too, or leave it out."
        yield Problem(where=where, what="list", why=why)


def inner_elements(element: Any) -> Iterator[Any]:
    """The elements right within one."""
    return (child for child in element if isinstance(child.tag, str))


def _named(root: Any, name: str) -> Iterator[Any]:
    return (element for element in root.iter() if local(element) == name) if root is not None else iter(())


def _code(element: Any) -> str:
    return element.get("qcode") or element.get("uri") or element.get("literal") or ""


def _name_of(element: Any) -> str | None:
    """The name that a property gives, else the code it has without its scheme ("nprov:NPA" gives "NPA")."""
    name = next((words for found in _named(element, "name") if (words := words_of(found))), None)
    return name or element.get("literal") or _code(element).rpartition(":")[2].rpartition("/")[2] or None


def _without_namespace(element: Any) -> Any:
    """XHTML as plain HTML elements, which is what blocks are told by."""
    from copy import deepcopy

    copied = deepcopy(element)
    for inner in copied.iter():
        if isinstance(inner.tag, str):
            inner.tag = local(inner).lower()
    return copied
