"""What is new, changed, withdrawn, newly denied and newly corroborated between two findings of one story."""

from __future__ import annotations

from presstime.combine.differences import Difference, find_differences
from presstime.findings import (
    Claim,
    Dispute,
    Findings,
    FoundDocument,
    Line,
    Point,
    Reaction,
    Series,
    Side,
    Silence,
    Telling,
    TimelineEntry,
)


def point(figure: str, number: int, superseded_by: str | None = None) -> Point:
    return Point(figure=figure, as_of=None, low=number, high=number, qualifier="exact", superseded_by=superseded_by)


def found(**fields: object) -> Findings:
    return Findings(as_of="2031-05-04T20:00:00+02:00", **fields)  # type: ignore[arg-type]


def series(*lines: Line, id_: str = "series-1") -> Series:
    return Series(id=id_, measure="killed", lines=lines)


def kinds(differences: tuple[Difference, ...]) -> list[tuple[str, str]]:
    return [(d.kind, d.of) for d in differences]


def test_the_same_findings_do_not_differ() -> None:
    whole = found(
        documents=(FoundDocument(id="a"),),
        series=(series(Line(giver="Ministry", points=(point("f1", 3),))),),
        silences=(Silence(actor="Works", because="s1", documents=3, as_of="x"),),
    )
    assert find_differences(whole, whole) == ()


def test_a_givers_new_number_is_a_change_and_names_the_old_one() -> None:
    before = found(series=(series(Line(giver="Ministry", points=(point("f1", 3),))),))
    after = found(series=(series(Line(giver="Ministry", points=(point("f1", 3, "f2"), point("f2", 7)))),))
    (one,) = find_differences(before, after)
    assert (one.kind, one.of, one.giver, one.was, one.now) == ("changed", "figure", "Ministry", "f1", "f2")


def test_a_second_giver_is_new_and_one_that_is_gone_is_withdrawn() -> None:
    ministry, mayor = Line(giver="Ministry", points=(point("f1", 3),)), Line(giver="Mayor", points=(point("f3", 4),))
    assert kinds(find_differences(found(series=(series(ministry),)), found(series=(series(ministry, mayor),)))) == [("new", "figure")]
    assert kinds(find_differences(found(series=(series(ministry, mayor),)), found(series=(series(mayor),)))) == [("withdrawn", "figure")]


def test_a_series_whose_id_changed_is_known_by_its_figures() -> None:
    ministry = Line(giver="Ministry", points=(point("f1", 3),))
    earlier = Line(giver="Mayor", points=(point("f0", 2),))
    after = series(earlier, ministry, id_="series-2")
    assert kinds(find_differences(found(series=(series(ministry),)), found(series=(after,)))) == [("new", "figure")]


def test_a_claim_that_is_denied_now_is_newly_denied_and_a_second_denier_too() -> None:
    def dispute(*deniers: str) -> Dispute:
        side = Side(role="claims", names=("Ardan",), statements=("s1",), words="mines killed six")
        return Dispute(
            id="d", about="mines killed six", claim="c", claimed_by=("Ardan",), denied_by=deniers, denials=("s2",), sides=(side,)
        )

    assert kinds(find_differences(found(), found(disputes=(dispute("Velmora"),)))) == [("newly denied", "dispute")]
    (second,) = find_differences(found(disputes=(dispute("Velmora"),)), found(disputes=(dispute("Velmora", "Norrel"),)))
    assert (second.kind, second.now) == ("newly denied", "Norrel")
    assert kinds(find_differences(found(disputes=(dispute("Velmora"),)), found())) == [("withdrawn", "dispute")]


def entry(standing: str = "claimed", from_: str | None = None, at_most: int = 1, *events: str) -> TimelineEntry:
    tellings = tuple(Telling(event=e, standing=standing, giver="Post") for e in events or ("e1",))  # type: ignore[arg-type]
    return TimelineEntry(
        id=f"entry-{tellings[0].event}",
        type="ASSAULT",
        place=None,
        tellings=tellings,
        standing=standing,  # type: ignore[arg-type]
        from_=from_,
        independent_at_most=at_most,
        counted="2 documents",
    )


def test_an_event_is_new_denied_moved_or_corroborated() -> None:
    def between(one: TimelineEntry, other: TimelineEntry) -> list[tuple[str, str]]:
        return kinds(find_differences(found(timeline=(one,)), found(timeline=(other,))))

    assert between(entry(), entry("disputed")) == [("newly denied", "event")]
    assert between(entry("planned"), entry("reported")) == [("changed", "event")]
    assert between(entry(from_="2031-05-04T11:10"), entry(from_="2031-05-04T13:00")) == [("changed", "event")]
    assert between(entry(), entry("claimed", None, 2)) == [("newly corroborated", "event")]
    assert between(entry(), entry("claimed", None, 1, "e0", "e1")) == []  # a late first telling changes the id alone
    assert kinds(find_differences(found(), found(timeline=(entry(),)))) == [("new", "event")]


def test_documents_reactions_claims_and_silences() -> None:
    version = FoundDocument(id="b", version_of="a")
    assert [(d.kind, d.before, d.after) for d in find_differences(found(), found(documents=(version,)))] == [("changed", "a", "b")]
    said = Reaction(actor="Norrel", country=None, act="condemnation", towards=None, statements=("s1",))
    assert kinds(find_differences(found(), found(reactions=(said,)))) == [("new", "reaction")]
    claim = Claim(id="c", statements=("s1",), words="w", independent_at_most=1)
    twice = Claim(id="c", statements=("s1", "s2"), words="w", independent_at_most=2, counted="2 documents")
    assert kinds(find_differences(found(claims=(claim,)), found(claims=(twice,)))) == [("newly corroborated", "claim")]
    silence = Silence(actor="Works", because="s1", documents=3, as_of="x")
    assert kinds(find_differences(found(silences=(silence,)), found())) == [("withdrawn", "silence")]
