"""A small dump in GeoNames' format: real places that are shipped, with their real histories, and invented ones around them.

Comes in: a folder. Goes out: allCountries.txt, alternateNamesV2.txt and the files of codes in it, a few hundred rows.
The invented places have numbers from 40,000,001 on, which GeoNames has not reached. Codes of Armenia's regions are as
in GeoNames; names of villages, hills and camps are made up.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

from presstime.gazetteer import Gazetteer

OWN = 40_000_000
PETERSBURG, KHANKENDI = 498817, 146970
VARNAKERT, AIRBASE, PASS, RIVER, CAMP, PART, GHOST = (OWN + n for n in range(1, 8))
MOSCOWS = range(OWN + 100, OWN + 103)
HOPES = range(OWN + 200, OWN + 240)
CENTRAL, OF, OLD_CITY, BERLIN = (OWN + n for n in range(300, 304))
SHIRAK, GEORGIAN_BORDER, ARMENIA = (OWN + n for n in range(400, 403))


def place(
    n: int,
    name: str,
    feature: str,
    country: str,
    at: tuple[float, float],
    *,
    admin1: str = "",
    people: int = 0,
    others: Iterable[str] = (),
) -> str:
    """A line of the table geoname."""
    letter, _, code = feature.partition(".")
    plain = name.encode("ascii", "ignore").decode()
    point = (f"{at[0]}", f"{at[1]}")
    row = (
        str(n),
        name,
        plain,
        ",".join(others),
        *point,
        letter,
        code,
        country,
        "",
        admin1,
        "",
        "",
        "",
        str(people),
        "",
        "10",
        "Asia/Yerevan",
    )
    return "\t".join((*row, "2024-01-01"))


def name(number: int, n: int, language: str, spelt: str, *, marks: str = "0000", since: str = "", until: str = "") -> str:
    """A line of the table alternate names. `marks`: preferred, short, colloquial, historic."""
    return "\t".join((str(number), str(n), language, spelt, *("" if mark == "0" else mark for mark in marks), since, until))


def places(shipped: Gazetteer) -> list[str]:
    """The lines of allCountries.txt."""
    rows = []
    for spelt, country, admin1 in (("Gyumri", "AM", "07"), ("Artik", "AM", "07"), ("Maralik", "AM", "07"), ("Berlin", "DE", "16")):
        known = next(c for c in shipped.candidates(spelt) if c.country == country and c.kind == "town")
        assert known.lat is not None and known.lon is not None
        rows.append(place(int(known.id[9:]), spelt, "P.PPLA", country, (known.lat, known.lon), admin1=admin1, people=known.population))
    rows += [
        place(PETERSBURG, "Saint Petersburg", "P.PPLA", "RU", (59.94, 30.31), admin1="66", people=5351935, others=["Leningrad", "Питер"]),
        place(KHANKENDI, "Khankendi", "P.PPLA", "AZ", (39.82, 46.75), people=55000, others=["Stepanakert"]),
        place(SHIRAK, "Shirak Province", "A.ADM1", "AM", (40.8, 43.8), admin1="07", people=230000),
        place(ARMENIA, "Armenia", "A.PCLI", "AM", (40.0, 45.0), people=2900000),
        place(
            VARNAKERT,
            "Varnakert",
            "P.PPL",
            "AM",
            (40.91, 43.77),
            admin1="07",
            people=210,
            others=["Varnagert", "varnakert gyugh", "Варнакерт"],
        ),
        place(AIRBASE, "Sarnak Airbase", "S.AIRB", "AM", (40.75, 43.9), admin1="07"),
        place(PASS, "Ketrin Pass", "T.PASS", "AM", (40.6, 43.8), admin1="07"),
        place(RIVER, "Tsirak", "H.STM", "AM", (40.7, 43.7), admin1="07", others=["Tsirak Get"]),
        place(CAMP, "Novrat Camp", "S.CMPRF", "AM", (40.72, 43.85), admin1="07"),
        place(PART, "Station Quarter", "P.PPLX", "AM", (40.79, 43.85), admin1="07", people=20000),
        place(GHOST, "Ahnverk", "P.PPLQ", "AM", (40.95, 43.6), admin1="07"),
        place(OWN + 8, "Tsirak Small", "H.STM", "AM", (40.7, 43.7), admin1="07"),
        place(OWN + 9, "School Number Nine", "S.SCH", "AM", (40.7, 43.7), admin1="07"),
        place(OWN + 10, "Strait of Hormuz", "H.STRT", "", (26.57, 56.25), others=["Hormuz Strait"]),
        place(OWN + 11, "Shirak Uyezd", "A.ADM1H", "AM", (40.8, 43.8)),
        place(CENTRAL, "Central", "P.PPL", "US", (32.0, -85.0), admin1="AL", people=100),
        place(OF, "Of Them", "P.PPL", "US", (33.0, -86.0), admin1="AL"),
        place(OLD_CITY, "Old City", "P.PPLX", "US", (39.95, -75.14), admin1="PA", people=16000),
        place(BERLIN, "Berlin", "P.PPL", "US", (34.0, -86.5), admin1="AL", people=90),
    ]
    rows += [place(OWN + 304, "Georgia", "P.PPL", "RU", (50.0, 50.0)), place(OWN + 305, "Berlin", "P.PPL", "AM", (40.2, 44.2), people=30)]
    rows += [place(n, "Moscow", "P.PPL", "US", (33.0 + n % 7, -88.0 + n % 5), admin1="MS") for n in MOSCOWS]
    rows += [place(n, "Hope", "P.PPL", "US", (31.0 + n % 11, -95.0 + n % 13), admin1="AL", people=n % 400) for n in HOPES]
    rows += [place(OWN + 1000 + n, f"Lernavan {n}-rd", "P.PPL", "AM", (40.0 + n / 1000, 44.0), admin1="07", people=n) for n in range(300)]
    return rows


def names() -> list[str]:
    """The lines of alternateNamesV2.txt."""
    rows = [
        name(1, PETERSBURG, "en", "Saint Petersburg", marks="1000", since="1991-09-06"),
        name(2, PETERSBURG, "en", "Leningrad", marks="0001", since="1924-01-26", until="1991-09-06"),
        name(3, PETERSBURG, "en", "Petrograd", marks="0001", since="1914", until="1924"),
        name(4, PETERSBURG, "ru", "Санкт-Петербург"),
        name(5, PETERSBURG, "link", "https://en.wikipedia.org/wiki/Saint_Petersburg"),
        name(6, PETERSBURG, "iata", "LED"),
        name(7, KHANKENDI, "en", "Vararakn", marks="0001", until="1847"),
        name(8, VARNAKERT, "en", "Sovetakert", marks="0001", since="1935", until="1991"),
        name(9, VARNAKERT, "hy", "Վառնակերտ", marks="1000"),
        name(10, VARNAKERT, "en", "The Orchard", marks="0010"),
        name(11, SHIRAK, "en", "Shirak Marz"),
        name(12, SHIRAK, "fr", "Chirak"),
        name(13, OWN + 999_999, "en", "Nowhere At All"),
    ]
    return rows


def write(folder: Path, shipped: Gazetteer) -> Path:
    """The whole dump, as text files, into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "allCountries.txt": places(shipped),
        "alternateNamesV2.txt": names(),
        "admin1CodesASCII.txt": [f"AM.07\tShirak\tShirak\t{SHIRAK}"],
        "admin2Codes.txt": [f"GB.ENG.G5\tKent\tKent\t{GEORGIAN_BORDER}"],
        "countryInfo.txt": ["# ISO\tISO3", "\t".join(["AM", "ARM", "051", "AM", "Armenia", "Yerevan", *["1"] * 10, str(ARMENIA), "", ""])],
    }
    for file, rows in files.items():
        (folder / file).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


def zipped(path: Path, **members: str) -> Path:
    """A zip archive; the keyword is the member's name without ".txt"."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, text in members.items():
            archive.writestr(f"{member}.txt", text)
    return path
