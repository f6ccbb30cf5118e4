"""Names as they stand in running text: in full at first mention, short after, with the article that English wants.

In: an index and a name or actor. Out: `the_name` for a name alone, and `Names`, which remembers whom it has introduced.
Example: at first "Tomas Behl, spokesman of the Water Ministry,", then "Behl"; "Town Council" becomes "the Town Council".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from presstime.findings import FoundActor
from presstime.records import Statement
from presstime.show.material import Index, speaker_name
from presstime.show.wording import WORDS, country_names, country_words

__all__ = ["Names", "the_name", "the_place"]

ENOUGH_TEXTS = 40
"""Texts that are looked into for a name's article: more do not change the answer, and a long story has thousands."""
LONGEST_ROLE = 8
"""Words of a role that is told with the name; a longer one is a sentence of its own."""
_DOCUMENT = "the document"
_GRAMMAR = WORDS.grammar
_POSSESSED = re.compile(r"\A\S+(?:\s[A-Z]\S*)*(?:['’]s|s['’])\s")
_PREPOSITIONS = frozenset({"of", "at", "in", "from", "on", "for", "to", "near", "with", "and", "who", "such", "like", "including"})
_PARTICLE = re.compile(r"(?:\s(?:al|el|ben|bin|bint|da|de|del|den|der|di|dos|du|la|le|ter|van|von)\b)*[\s-]\S+\Z")


def the_name(index: Index, name: str) -> str:
    """A name as it stands in a sentence, with the article it takes."""
    if name[:4].lower() == "the ":
        return "the " + name[4:]
    lowered = _lowered(index, name)
    if name not in index.articles:
        unnamed = any(document.outlet is None and document.name == name for document in index.documents.values())
        index.articles[name] = _DOCUMENT if unnamed else _article(index, lowered, index.actor_of_name.get(name))
    if index.articles[name] == _DOCUMENT:
        return f"the document {name.rpartition('/')[2]}"
    return f"{index.articles[name]} {lowered}" if index.articles[name] else lowered


def _lowered(index: Index, name: str) -> str:
    """A common noun that was read at the beginning of a sentence, small."""
    pieces = name.split()
    first = pieces[0] if pieces else ""
    found = index.actor_of_name.get(name)
    if not first[:1].isupper():
        return name
    if found is not None and found.kind == "person":
        return name[:1].lower() + name[1:] if len(pieces) > 1 and pieces[1].lower() in _PREPOSITIONS else name
    plain = len(pieces) == 1 or pieces[1][:1].islower()
    small = first.lower() in _GRAMMAR.common_groups and plain
    if not small and found is not None and found.kind == "group" and plain and len(pieces) > 1:
        small = not first.lower().endswith(_GRAMMAR.demonym_ends) and not _is_capital(index, first)
    return name[:1].lower() + name[1:] if small else name


def _article(index: Index, name: str, found: FoundActor | None) -> str:
    words = name.split()
    if not words or (found is not None and found.kind == "person" and words[0][:1].isupper()):
        return ""
    if _POSSESSED.match(name):
        return "the" if name[:1].islower() and words[0].lower() not in ("his", "her", "their", "its") else ""
    texts = [document.text for document in index.documents.values() if name[1:] in document.text][:ENOUGH_TEXTS]
    alone = rf"{re.escape(name)}(?!\w)(?!['’]s)(?!\s+[A-Z])"
    patterns = {"the": rf"\b[Tt]he {alone}", "a": rf"\b[Aa]n? {alone}", "": rf"(?<!\b[Tt]he )(?<!\b[Aa] )(?<!\b[Aa]n )(?<!\w){alone}"}
    counts = {article: sum(len(re.findall(pattern, text)) for text in texts) for article, pattern in patterns.items()}
    if found is not None and found.kind in ("government", "organisation") and re.match(r"[A-Z]\w+ (?:of|for) ", name):
        return "the"
    small = name[:1].islower()
    if small and _is_plural(name):
        return "the" if counts["the"] > counts[""] else ""
    if not small and counts["the"] <= counts[""] and _takes_the(name, found):
        return "the"
    if counts["the"] > counts[""]:
        return "the" if counts["the"] >= counts["a"] or not small else _indefinite(name)
    if not small or words[0].lower() in _GRAMMAR.lower_starts:
        return ""
    if " of " in name or counts["the"]:
        return "the"
    return _indefinite(name) if counts["a"] or len(words) > 1 else "the"


def _is_capital(index: Index, word: str) -> bool:
    """Whether a word has its capital inside a sentence too."""
    pattern = re.compile(rf"[a-z,]\s{re.escape(word)}(?!\w)")
    return any(pattern.search(document.text) for document in index.documents.values() if word in document.text)


def _is_plural(name: str) -> bool:
    """Whether a common name is of several: "doctors at the hospital", "several hundred people"."""
    words = name.split()
    head = next((n for n, word in enumerate(words) if n and word.lower() in _PREPOSITIONS), len(words))
    last = words[head - 1].lower()
    return last in _GRAMMAR.bare_plurals or (last.endswith("s") and not last.endswith("ss"))


def the_place(index: Index, name: str) -> str:
    """A place's name in a sentence: with "the" where the documents write it so, and not as part of a longer name."""
    key = f"place {name}"
    if key not in index.articles:
        texts = [document.text for document in index.documents.values() if name in document.text][:ENOUGH_TEXTS]
        alone = rf"{re.escape(name)}(?=[.,;:)—–]|\s(?:and|in|on|at|of|to|was|is|were|had|has|said|after|before|by)\b|\s*\Z)"
        with_the = sum(len(re.findall(rf"\b[Tt]he {alone}", text)) for text in texts)
        bare = sum(len(re.findall(rf"(?<!\b[Tt]he )(?<!\w){alone}", text)) for text in texts)
        takes = with_the > bare or name.split()[-1].lower() in _GRAMMAR.place_nouns
        index.articles[key] = "the" if takes and name[:4].lower() != "the " else ""
    return f"{index.articles[key]} {name}".strip()


def _takes_the(name: str, found: FoundActor | None) -> bool:
    """Whether a body's last word is a common noun ("Coast Guard"), so that English wants "the" whatever headlines leave out."""
    last = name.split()[-1].lower()
    return (found is None or found.kind != "person") and len(name.split()) > 1 and last in _GRAMMAR.body_nouns


def _indefinite(name: str) -> str:
    return "an" if name[:1].lower() in "aeiou" else "a"


def _display(index: Index, actor: FoundActor) -> str:
    """An actor's name; of a government known by an adjective, the country's, and of an outlet the outlet's own."""
    country = country_words(actor.country)
    if actor.kind == "government" and country in actor.names and " " not in actor.name:
        return country or actor.name
    if actor.kind == "person":
        return actor.name
    outlets = {document.outlet for document in index.documents.values() if document.outlet}
    return next((name for name in actor.names if name in outlets and actor.name in name), actor.name)


class Names:
    """Names as a draft goes on: who has been introduced is named shortly after."""

    def __init__(self, index: Index, instead: Mapping[str, str] | None = None) -> None:
        """Nobody has been introduced. `instead` has the words for actors, by id, whose names are not to be printed."""
        self._index = index
        self._instead = instead or {}
        self._introduced: set[str] = set()
        self._shorts: dict[str, str] = {}
        self._taken = Counter(_last_name(actor.name) for actor in index.material.findings.actors if actor.kind == "person")

    def introduced(self) -> frozenset[str]:
        """Who has been introduced so far, to go back to where a sentence is not taken after all."""
        return frozenset(self._introduced)

    def go_back(self, introduced: frozenset[str]) -> None:
        """Forgets whom a sentence introduced that was not taken."""
        self._introduced = set(introduced)

    def actor(self, reference: str | None) -> FoundActor | None:
        """The actor of an id, of a member's id, or of a name."""
        if reference is None:
            return None
        index = self._index
        return index.found_actors.get(reference) or index.actor_of_member.get(reference) or index.actor_of_name.get(reference)

    def speaker(self, statement: Statement) -> FoundActor | None:
        """The actor a statement is by, as far as one was found."""
        if statement.speaker is None:
            return None
        return self.actor(statement.speaker.actor) or self.actor(statement.speaker.name)

    def reference(self, statement: Statement) -> str | None:
        """Whom a statement is by: the id of an actor, else a name; None where it could not be told."""
        found = self.speaker(statement)
        return found.id if found else speaker_name(self._index, statement)

    def plain(self, reference: str) -> str:
        """A name in full with its article and nothing else: for headlines and lists."""
        found = self.actor(reference)
        if found is not None and found.id in self._instead:
            return self._instead[found.id]
        return the_name(self._index, _display(self._index, found) if found else reference)

    def told(self, reference: str) -> str:
        """A name in a sentence: in full, with role, the first time; short after."""
        found = self.actor(reference)
        if found is None:
            return the_name(self._index, reference)
        if found.kind != "person" or found.id in self._instead:
            return self.plain(reference)
        if found.id in self._introduced:
            return self.short(found)
        self._introduced.add(found.id)
        return self._introduction(found)

    def speaking(self, statement: Statement) -> str | None:
        """Whom a statement is by, as `told`; None where it could not be told."""
        name = speaker_name(self._index, statement)
        found = self.speaker(statement)
        return self.told(found.id) if found else the_name(self._index, name) if name else None

    def _introduction(self, actor: FoundActor) -> str:
        name, role = the_name(self._index, actor.name), (actor.role or "").strip(' ,.;“”"')
        if not role or role.lower() in name.lower() or name.lower() in role.lower() or not 0 < len(role.split()) <= LONGEST_ROLE:
            return name
        if re.search(r"[,;:.(“”\"]", role) or role.split()[0].lower() in _GRAMMAR.pronouns or not name[:1].isupper():
            return name
        first, last = role.split()[0], role.split()[-1].lower()
        if first.endswith(("'s", "’s")):
            return f"{name}, {'' if first[:1].isupper() else 'the '}{role},"
        if first.islower() and first.endswith("s") and not first.endswith("ss"):
            return f"{name} ({role})"
        if re.search(r"\s(?:of|at|for|from|in|on|to|with)\s", f" {role} "):
            return f"{name}, {role},"
        if role[:1].isupper() and self._is_small(actor, role.lower()):
            role = role.lower()
        if first.lower() in _GRAMMAR.role_adjectives:
            role = first.lower() + role[len(first) :]
        body = self._affiliation(actor, role)
        if body is not None and self.actor(actor.affiliation) is None and self._stands(actor, f"{actor.affiliation} {role}"):
            return f"{actor.affiliation} {role} {name}"
        if body is None:
            return name if last in _GRAMMAR.relative_roles else f"{role} {name}"
        if last in _GRAMMAR.body_roles and self._is_country(body):
            return f"{name}, {role},"
        if last.split("-")[0] in _GRAMMAR.headed_roles or last in _GRAMMAR.headed_roles:
            return f"{name}, {role} of {body},"
        return f"{role} {name} of {body}"

    def _stands(self, actor: FoundActor, words: str) -> bool:
        """Whether the documents that tell of the actor have these words."""
        documents = dict.fromkeys(self._index.document_of[one] for one in actor.members if one in self._index.document_of)
        return any(words in self._index.documents[one].text for one in documents)

    def _is_small(self, actor: FoundActor, role: str) -> bool:
        """Whether the documents that tell of the actor write the role small."""
        documents = dict.fromkeys(self._index.document_of[one] for one in actor.members if one in self._index.document_of)
        return any(re.search(rf"(?<!\w){re.escape(role)}(?!\w)", self._index.documents[one].text) for one in documents)

    def _affiliation(self, actor: FoundActor, role: str) -> str | None:
        """Whom a person belongs to, under that body's own name; nothing where it is a word of the role."""
        body = (actor.affiliation or "").strip()
        if not body or body.lower() in role.lower() or body.lower() in actor.name.lower() or re.search(r"[,;:“”\"]", body):
            return None
        found = self.actor(body)
        if found is not None and found.kind == "government" and self._is_land(found, body):
            return body
        if found is not None and found.kind != "government" and body != found.name and body in found.name:
            return None  # an adjective, which stands in the names of many bodies
        return self.plain(body)

    def _is_country(self, body: str) -> bool:
        """Whether a body is a country or its government."""
        found = self.actor(body)
        return body in country_names() or (found is not None and found.kind == "government")

    def _is_land(self, government: FoundActor, body: str) -> bool:
        """Whether a government's name is a land's: "of Norrel", not "of Keldan"."""
        if body == country_words(government.country):
            return True
        pattern = re.compile(rf"\b(?:in|of|from|to)\s{re.escape(body)}(?!\w)(?!\s+[A-Za-z])")
        return any(pattern.search(document.text) for document in self._index.documents.values() if body in document.text)

    def short(self, actor: FoundActor) -> str:
        """A person's family name as the sources write it alone; the full name where they do not, or where two share it."""
        if actor.id not in self._shorts:
            self._shorts[actor.id] = self._find_short(actor)
        return self._shorts[actor.id]

    def _find_short(self, actor: FoundActor) -> str:
        if _lowered(self._index, actor.name)[:1].islower():
            return f"the {_lowered(self._index, actor.name)}"
        last = _last_name(actor.name)
        if last == actor.name or self._taken[last] > 1 or last in self._index.actor_of_name:
            holder = self._index.actor_of_name.get(last)
            if last == actor.name or self._taken[last] > 1 or (holder is not None and holder.id != actor.id):
                return actor.name
        for member in actor.members:
            record = self._index.actors.get(member)
            document = self._index.document_of.get(member)
            if record is None or document is None:
                continue
            text = self._index.documents[document].text
            if any(text[span.start : span.end] == last for span in record.mentions):
                return last
        return actor.name


def _last_name(name: str) -> str:
    found = _PARTICLE.search(name)
    return found[0].strip(" ") if found and not found[0].startswith("-") else name.split()[-1] if name.split() else name
