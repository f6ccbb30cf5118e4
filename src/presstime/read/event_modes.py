"""A trigger of an event → its PLOVER 2.0 mode, where its words tell one.

In come a sentence, the trigger's type and words and what is asked, refused or threatened below it; out goes the mode's
name. A deed's mode is told by the words of the trigger and beside it ("shelled": heavy-weapons); what is done by words
takes it from the deed meant ("demanded the release": yield).

Example: "Police fired tear gas at the miners." → COERCE, its mode "crowd-control".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from presstime.read.event_words import lists
from presstime.read.lemmas import lemma
from presstime.read.tree import Sentence, children
from presstime.records import EventType

__all__ = ["mode_of"]


def mode_of(
    sentence: Sentence, kind: EventType, words: Sequence[int], forms: Iterable[str], below: Sequence[int], deeds: Sequence[EventType]
) -> str | None:
    """The mode of a trigger of type `kind`. `forms` are what stands beside it; `below` the words of what it asks,
    refuses or threatens, and `deeds` the types of the events told there, in order."""
    known = lists()
    own = {sentence.lemmas[w] for w in words} | {lemma(sentence.words[w], "NNS") for w in words}
    asked = known.asked.get(kind)
    if asked is not None:
        meant = [sentence.lemmas[w] for w in below] + [lemma(sentence.words[w], "NNS") for w in below]
        named = [mode for form in [*meant, *forms] for mode, listed in asked if form in listed]
        return named[0] if named else next((m for deed in deeds if (m := known.deeds[kind].get(deed))), None)
    modes = known.modes.get(kind, ())
    beside = {sentence.lemmas[c] for w in words for c in children(sentence, w, "compound", "amod", "nmod")}
    everything = own | set(forms) | beside
    first = tuple(m for m in modes if m[0] in known.words["told_beside"])
    for among, told in ((first, everything), (modes, own), (modes, own | set(forms)), (modes, everything)):
        found = next((mode for mode, listed in among if listed & told), None)
        if found is not None:
            return found
    return None
