"""Small invented cities, built row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import cache
from typing import Any

import pytest

from dashboard.filters import Filters
from dashboard.metrics.disclosure import Disclosure
from dashboard.metrics.selection import Selection, select
from dashboard.reports.editions import Content, content
from dashboard.settings import Role
from dashboard.store import Snapshot
from etl.contract import CONTRACT_VERSION, TABLES, Manifest, from_records

AS_OF = "2026-11-15"


class Scene:
    """Collects rows with sensible defaults and makes a snapshot of them."""

    def __init__(self, *, as_of_on: str = AS_OF, districts: tuple[str, ...] = ("D1", "D2"), city: str = "kyiv") -> None:
        self.as_of_on = as_of_on
        self.city = city
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self.add("cities", name_uk="Київ", name_en="Kyiv", timezone="Europe/Kyiv", lat_deg=50.45, lon_deg=30.5, zoom=10)
        self.rows["cities"][0]["attribution"] = "OSM"
        for code in districts:
            self.district(code)
        for rank, theme in enumerate(("ecology", "culture"), start=1):
            self.add("themes", theme_id=theme, name_uk=theme.upper(), name_en=theme, rank=rank)
        self._made: tuple[int, Snapshot] | None = None

    def add(self, table: str, **row: Any) -> None:
        defaults = {"city_id": self.city, "origin": "own", "source_id": "s1"}
        known = TABLES[table].column_names
        self.rows[table].append({**{name: value for name, value in defaults.items() if name in known}, **row})

    def district(self, code: str, population: int | None = 10_000) -> None:
        self.add(
            "districts",
            district_code=code,
            name_uk=f"Район {code}",
            name_en=f"District {code}",
            area_km2=10.0,
            population_count=population,
            geometry_geojson='{"type": "Polygon", "coordinates": [[[30, 50], [31, 50], [31, 51], [30, 50]]]}',
        )

    def space(self, space_id: str, district: str | None = "D1", **row: Any) -> None:
        defaults = {
            "name_uk": f"Хаб {space_id}",
            "kind": "hub",
            "district_check": "stated_only",
            "location_status": "district",
        }
        self.add("spaces", space_id=space_id, district_code=district, **{**defaults, **row})

    def event(
        self,
        event_id: str,
        on: str,
        *,
        at: str | None = None,
        themes: Iterable[str] = (),
        recorded: bool = False,
        **row: Any,
    ) -> None:
        day = date.fromisoformat(on)
        defaults = {
            "title": f"Подія {event_id}",
            "is_workshop": False,
            "ends_on": day,
            "date_precision": "minute" if at else "day",
            "place_status": "space",
            "district_code": "D1",
            "format": "lecture",
            "status": "held",
        }
        starts_at = datetime.combine(day, time.fromisoformat(at)) if at else None
        self.add(
            "events",
            event_id=event_id,
            starts_on=day,
            starts_at=starts_at,
            is_attendance_recorded=recorded,
            **{**defaults, **row},
        )
        for theme in themes:
            self.add("event_themes", event_id=event_id, theme_id=theme)

    def register(self, event_id: str, people: Iterable[int | None], status: str = "registered", **row: Any) -> None:
        defaults = {"participant_group": "resident", "home_status": "not_stated", "source_id": "s1"}
        for person in people:
            self.add(
                "registrations",
                registration_id=len(self.rows["registrations"]) + 1,
                event_id=event_id,
                person_id=person,
                identity="none" if person is None else "email",
                status=status,
                **{**defaults, **row},
            )

    def meet(self, event_id: str, space_id: str, role: str = "participant", mentoring: str | None = None) -> None:
        self.add("event_spaces", event_id=event_id, space_id=space_id, role=role, mentoring=mentoring)

    def returned(self, space_id: str, month: str, events: int | None, visitors: int | None) -> None:
        self.add(
            "monthly_returns",
            space_id=space_id,
            month=date.fromisoformat(f"{month}-01"),
            events_count=events,
            visitors_count=visitors,
        )

    def snapshot(self) -> Snapshot:
        """The rows so far as a snapshot; made again only when rows were added since."""
        size = sum(len(rows) for rows in self.rows.values())
        if self._made is None or self._made[0] != size:
            self._made = (size, self._snapshot())
        return self._made[1]

    def _snapshot(self) -> Snapshot:
        frames = {name: from_records(TABLES[name], rows) for name, rows in self.rows.items()}
        manifest = Manifest(
            snapshot_id="20261115T000000Z-abcdef01",
            contract_version=CONTRACT_VERSION,
            code_version="0",
            created_at="2026-11-15T00:00:00Z",
            as_of_on=self.as_of_on,
            content_sha256="0" * 64,
            tables={name: {"rows": len(frame), "sha256": "", "bytes": 0} for name, frame in frames.items()},
            has_demo=False,
        )
        return Snapshot.from_frames(manifest, frames)

    def select(self, start: str, end: str, **filters: Any) -> Selection:
        return select(self.snapshot(), Filters(city=self.city, **filters), month(start), month(end))


def month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


@pytest.fixture
def scene() -> Scene:
    """A city of two districts and two themes where nothing has happened yet."""
    return Scene()


@pytest.fixture(scope="session")
def empty_scene() -> Scene:
    """The same, shared by all tests, so never added to."""
    return Scene()


@pytest.fixture
def make_scene() -> Callable[..., Scene]:
    """Scenes with another day, other districts or another city."""
    return Scene


@pytest.fixture(scope="session")
def full_scene() -> Scene:
    """Fourteen months with something in every table; shared by all tests, so never added to."""
    made = Scene()
    made.add("networks", network_id="n1", name_uk="Мережа", name_en="Network")
    made.space("a", network_id="n1", lat_deg=50.4, lon_deg=30.5, location_status="point", capacity_count=40)
    made.space("b", district="D2", kind="library")
    made.space("c", district=None, location_status="unknown")
    for number in range(14):
        year, rest = divmod(2025 * 12 + 8 + number, 12)
        on = f"{year}-{rest + 1:02d}"
        made.event(
            f"e{number}", f"{on}-10", at="18:30", space_id="a", themes=("ecology",), recorded=True, seats_count=40
        )
        made.event(f"f{number}", f"{on}-12", space_id="b", district_code="D2", themes=("ecology", "culture"))
        made.register(
            f"e{number}",
            range(1, 21 + number),
            "attended",
            registered_at=datetime.combine(date(year, rest + 1, 5), time(12)),
        )
        made.register(f"e{number}", range(50, 53), "no_show")
        made.register(f"f{number}", [1, 2, 60 + number, None], participant_group="ngo", home_status="outside_city")
        made.returned("b", on, 3, 100 + number)
        made.event(f"m{number}", f"{on}-20", space_id="a", format="experience_exchange", district_code=None)
        made.meet(f"m{number}", "a", "host", "offers")
        made.meet(f"m{number}", "b", mentoring="requests")
    made.event("w", "2026-10-05", ends_on=date(2026, 10, 10), is_workshop=True, format="city_workshop", recorded=True)
    made.event("w1", "2026-10-06", at="10:00", parent_event_id="w", is_workshop=True, themes=("culture",))
    made.register(
        "w", range(1, 30), "attended", participant_group="ngo", home_status="district", home_district_code="D2"
    )
    made.register("w1", range(1, 8))
    made.add("event_organisations", event_id="w", role="funder", name="Фонд")
    made.add(
        "proposals", proposal_id="p1", event_id="w", title="Велодоріжка", theme_id="ecology", stage="idea",
        district_code="D1", submitted_on=date(2026, 10, 7),
    )  # fmt: skip
    made.event("x", "2026-10-21", status="cancelled", space_id="a")
    made.event("y", "2026-11-28", status="planned", space_id="a")
    made.register("y", range(1, 8))
    made.add(
        "facts", fact_id="k1", subject_kind="space", subject_id="a", property="capacity", value="70", conflict_id="q"
    )
    made.add(
        "facts", fact_id="k2", subject_kind="space", subject_id="a", property="capacity", value="80", conflict_id="q"
    )
    made.rows["sources"].append(
        {
            "source_id": "s1",
            "kind": "inbox",
            "city_id": "kyiv",
            "file_name": "a.csv",
            "format": "spaces",
            "origin": "own",
            "rows_read_count": 13,
            "rows_loaded_count": 10,
            "rows_duplicate_count": 2,
            "rows_rejected_count": 1,
        }
    )
    made.rows["row_issues"].append(
        {
            "source_id": "s1",
            "sheet": "-",
            "row": 7,
            "column": "Дата",
            "outcome": "rejected",
            "code": "unreadable_date",
            "reason_uk": "дата",
            "reason_en": "date",
            "fix_uk": "виправте",
            "fix_en": "mend",
        }
    )
    return made


@pytest.fixture(scope="session")
def frozen(full_scene: Scene) -> Callable[[Role], Content]:
    """What an edition of the full scene's October freezes, made once for each role."""
    return cache(lambda role: content(full_scene.snapshot(), "kyiv", date(2026, 10, 1), Disclosure(role)))


@pytest.fixture
def analyst() -> Disclosure:
    return Disclosure(Role.ANALYST)


@pytest.fixture
def public() -> Disclosure:
    return Disclosure(Role.PUBLIC, 5)
