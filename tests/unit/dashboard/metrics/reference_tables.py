"""References of numbers that stand in tables of their own: keyed rows instead of one number of one world."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import combinations, pairwise
from typing import Any, Final

import networkx as nx
import pandas as pd

from tests.unit.dashboard.metrics.reference import (
    LISTS,
    Row,
    Value,
    World,
    is_counted,
    links,
    median,
    month_of,
    of,
    ratio,
    tally,
)

Table = dict[Any, dict[str, Value]]
"""The numbers of each row, by what the row is about; a single row is about None."""

GROUPS: Final = ("ngo", "artist", "artisan", "student", "volunteer", "resident", "business", "municipal", "other",
                 "not_stated")  # fmt: skip
HOMES: Final = ("outside_city", "not_stated")


def number_of(month: Any) -> int:
    return int(month.year) * 12 + int(month.month)


def by_theme(world: World) -> Table:
    themed = len({event for event, _ in world.themed_pairs})
    everyone = len(world.registrations)
    return {
        theme: {
            "theme_share_pct": ratio(len(world.cut(theme_id=theme).events), themed),
            "theme_registrations_share_pct": ratio(of("registrations_count", world.cut(theme_id=theme)), everyone),
            "total_registrations_count": everyone,
        }
        for theme in world.theme_ids
    }


def theme_changes(world: World) -> Table:
    """The last month beside the first."""
    now, base = world.during(world.end, world.end), world.during(world.start, world.start)
    is_known = base.city.first_month is not None and base.months[0] >= base.city.first_month
    is_finished = world.months[-1] < world.city.unfinished_month
    found: Table = {}
    for theme in world.theme_ids:
        shares = [ratio(len(one.cut(theme_id=theme).events), of("themed_events_count", one)) for one in (now, base)]
        counts = [len(one.cut(theme_id=theme).events) for one in (now, base)]
        is_comparable = is_known and is_finished
        has_shares = is_comparable and None not in shares
        found[theme] = {
            "theme_share_change_pp": shares[0] - shares[1] if has_shares else None,
            "events_change_count": counts[0] - counts[1] if is_comparable else None,
        }
    return found


def by_group(world: World) -> Table:
    everyone = len(world.registrations) if world.is_told(world.city.first_people_month) else None
    return {
        group: {
            "group_share_pct": ratio(len(world.cut(participant_group=group).registrations), everyone),
            "total_registrations_count": everyone,
        }
        for group in GROUPS
        if not world.filters.groups or group in world.filters.groups
    }


def by_district(world: World) -> Table:
    codes = [*world.district_codes, *([] if world.filters.districts else [None])]
    return {
        code: {
            "total_events_count": len(world.events),
            "events_share_pct": ratio(len(world.cut(district_code=code).events), len(world.events)),
            "spaces_count": of("open_spaces_count", world.cut(district_code=code)),
        }
        for code in codes
    }


def lives_in(row: Row) -> str:
    return str(row["home_district_code"] if row["home_status"] == "district" else row["home_status"])


def by_home(world: World) -> Table:
    everyone = len(world.registrations)
    at = tally(lives_in(row) for row in world.registrations)
    codes = {district["district_code"] for district in world.city.of("districts")}
    return {
        home: {
            "registrations_count": at.get(home, 0),
            "participants_count": len(residents(world, home)),
            "registrations_share_pct": ratio(at.get(home, 0), everyone),
        }
        for home in (*codes, *HOMES)
    }


def residents(world: World, home: str) -> set[int]:
    return {row["person_id"] for row in world.participations if lives_in(row) == home} - {None}


def representation(world: World) -> Table:
    population = {d["district_code"]: d["population_count"] for d in world.city.of("districts")}
    known = {code for code, people in population.items() if people is not None}
    at = tally(lives_in(row) for row in world.registrations)
    named = sum(at.get(code, 0) for code in known)
    found: Table = {}
    for code, people in population.items():
        share = ratio(at.get(code, 0), named) if code in known else None
        of_all = ratio(people, sum(population[other] for other in known)) if code in known else None
        here = len(residents(world, code))
        found[code] = {
            "home_registrations_count": at.get(code, 0),
            "home_participants_count": here,
            "all_home_registrations_count": named,
            "home_participants_per_1000": ratio(here, people, 1000),
            "home_share_pct": share,
            "population_share_pct": of_all,
            "representation_index": None if share is None else ratio(share, of_all),
            "home_coverage_pct": ratio(named, len(world.registrations)),
        }
    return found


# --- people over time --------------------------------------------------------------------------------------


def active_months(world: World) -> dict[int, set[pd.Timestamp]]:
    found: dict[int, set[pd.Timestamp]] = {}
    for row in world.participations:
        if row["person_id"] is not None and row["event"]["month"] < world.city.unfinished_month:
            found.setdefault(row["person_id"], set()).add(row["event"]["month"])
    return found


def cohorts(world: World) -> Table:
    active = active_months(world)
    found: Table = {}
    for begun in world.months:
        first = world.city.first_people_month
        members = [p for p, seen in active.items() if begun in seen and world.city.first_month_of[p] == begun]
        if not members or first is None or begun <= first:
            continue
        later = [month for month in world.months if begun < month < world.city.unfinished_month]
        for place, month in enumerate(later):
            again = sum(month in active[person] for person in members)
            by_then = sum(bool(active[person] & set(later[: place + 1])) for person in members)
            found[begun, number_of(month) - number_of(begun)] = {
                "cohort_people_count": len(members),
                "came_again_count": again,
                "came_by_then_count": by_then,
                "came_again_share_pct": ratio(again, len(members)),
                "came_by_then_share_pct": ratio(by_then, len(members)),
            }
    return found


def visits(world: World) -> dict[int, list[Row]]:
    """The events that each person was at, in the order of time; a programme's sessions are none."""
    found: dict[int, list[Row]] = {}
    for row in world.participations:
        if row["person_id"] is not None and row["event"]["parent_event_id"] is None:
            found.setdefault(row["person_id"], []).append(row["event"])
    order = list(world.city.events)
    for seen in found.values():
        seen.sort(key=lambda event: (event["starts_on"], event["starts_at"] or event["starts_on"],
                                     order.index(event["event_id"])))  # fmt: skip
    return found


def steps(seen: list[Row]) -> list[tuple[Row, Row]]:
    return list(pairwise(seen))


def between_visits(world: World) -> Table:
    waits = [
        number_of(after["starts_on"]) - number_of(before["starts_on"])
        for seen in visits(world).values()
        for before, after in steps(seen)
    ]
    return {
        wait: {
            "next_visits_count": waits.count(wait),
            "all_next_visits_count": len(waits),
            "next_visits_share_pct": ratio(waits.count(wait), len(waits)),
        }
        for wait in range(max(waits, default=-1) + 1)
    }


def paths(world: World, parts_of: Callable[[Row], set[str]]) -> Table:
    went: dict[tuple[str, str], set[int]] = {}
    base: dict[str, set[int]] = {}
    for person, seen in visits(world).items():
        relevant = [event for event in seen if parts_of(event)]
        for event in relevant:
            for part in parts_of(event):
                base.setdefault(part, set()).add(person)
        for before, after in steps(relevant):
            for pair in ((one, other) for one in parts_of(before) for other in parts_of(after)):
                went.setdefault(pair, set()).add(person)
    return {
        pair: {
            "path_people_count": len(people),
            "path_base_count": len(base[pair[0]]),
            "path_share_pct": ratio(len(people), len(base[pair[0]])),
        }
        for pair, people in went.items()
    }


def paths_of_spaces(world: World) -> Table:
    return paths(world, lambda event: {event["space_id"]} - {None})


def paths_of_themes(world: World) -> Table:
    return paths(world, lambda event: event["themes"] & world.theme_ids)


def shared_people(world: World) -> Table:
    at: dict[str, set[int]] = {}
    for row in world.participations:
        if row["event"]["space_id"] is not None and row["person_id"] is not None:
            at.setdefault(row["event"]["space_id"], set()).add(row["person_id"])
    return {
        (one, other): {"shared_participants_count": len(at[one] & at[other])}
        for one, other in combinations(sorted(at), 2)
        if at[one] & at[other]
    }


# --- the network -------------------------------------------------------------------------------------------


def first_meetings(world: World) -> dict[str, Any]:
    """The day of each space's first held meeting in the city, whatever was chosen."""
    first: dict[str, Any] = {}
    for row in world.city.tables["event_spaces"]:
        event = world.city.events.get(row["event_id"])
        if event and event["status"] == "held":
            first[row["space_id"]] = min(first.get(row["space_id"], event["starts_on"]), event["starts_on"])
    return first


def meetups(world: World) -> Table:
    first = first_meetings(world)
    ordered = sorted(world.meetups, key=lambda name: (world.city.events[name]["starts_on"], name))
    said = {(row["event_id"], row["space_id"]): row["mentoring"] for row in world.city.tables["event_spaces"]}
    so_far: set[str] = set()
    found: Table = {}
    for name in ordered:
        there = world.meetups[name]
        so_far |= there
        found[name] = {
            "spaces_count": len(there),
            "newcomers_count": sum(first[space] == world.city.events[name]["starts_on"] for space in there),
            "spaces_so_far_count": len(so_far),
            "requests_count": sum(said[name, space] == "requests" for space in there),
            "offers_count": sum(said[name, space] == "offers" for space in there),
        }
    return found


def space_links(world: World) -> Table:
    return {
        pair: {"meetings_count": sum(set(pair) <= spaces for spaces in world.meetups.values())} for pair in links(world)
    }


def network_in_brief(world: World) -> Table:
    spaces = set().union(*world.meetups.values()) if world.meetups else set()
    possible = len(list(combinations(spaces, 2)))
    year_ago = world.city.unfinished_month - pd.DateOffset(months=12)
    recent = [
        there
        for name, there in world.meetups.items()
        if year_ago <= world.city.events[name]["month"] < world.city.unfinished_month
    ]
    return {
        None: {
            "meetups_count": len(world.meetups),
            "spaces_so_far_count": len(spaces),
            "space_links_count": len(links(world)),
            "possible_links_count": possible,
            "space_links_share_pct": ratio(len(links(world)), possible),
            "recent_meetups_count": len(recent),
            "spaces_per_meetup": ratio(sum(len(there) for there in recent), len(recent), 1),
        }
    }


def space_groups(world: World) -> Table:
    """The number of groups is what the named method gives; its modularity by Newman and Girvan's own sum."""
    spaces = sorted(set().union(*world.meetups.values())) if world.meetups else []
    weight = {pair: row["meetings_count"] for pair, row in space_links(world).items()}
    graph = nx.Graph()
    graph.add_nodes_from(range(len(spaces)))
    graph.add_weighted_edges_from(
        sorted((spaces.index(one), spaces.index(other), float(count)) for (one, other), count in weight.items())
    )
    groups = nx.community.louvain_communities(graph, seed=7) if spaces else []
    total = sum(weight.values())
    found = 0.0
    for group in groups:
        names = {spaces[place] for place in group}
        inside = sum(count for pair, count in weight.items() if set(pair) <= names)
        ends = sum(count * len(set(pair) & names) for pair, count in weight.items())
        found += inside / total - (ends / (2 * total)) ** 2 if total else 0.0
    return {
        None: {
            "space_groups_count": len(groups),
            "modularity": found if total else None,
            "spaces_count": len(spaces),
        }
    }


def network_spaces(world: World) -> Table:
    found: Table = {}
    for space in world.city.of("spaces"):
        if space["network_id"] is None:
            continue
        hosted = [event for event in world.events if event["space_id"] == space["space_id"]]
        is_known = world.is_known_to_the_city(space)
        found[space["space_id"]] = {
            "events_count": len(hosted) if is_known else None,
            "active_months_count": len({event["month"] for event in hosted}) if is_known else None,
            "meetups_count": sum(space["space_id"] in there for there in world.meetups.values()),
            "capacity_count": space["capacity_count"],
        }
    return found


def network_unknown(world: World) -> Table:
    spaces = [space for space in world.city.of("spaces") if space["network_id"] is not None]
    lacks: dict[str, Callable[[Row], bool]] = {
        "district": lambda space: space["district_code"] is None,
        "address": lambda space: space["address"] is None,
        "point": lambda space: space["location_status"] != "point",
        "opened": lambda space: space["opened_on"] is None,
        "capacity": lambda space: space["capacity_count"] is None,
        "events": lambda space: not world.is_known_to_the_city(space),
    }
    return {
        (network, what): {
            "unknown_spaces_count": sum(lacking(space) for space in spaces if space["network_id"] == network),
            "spaces_count": sum(space["network_id"] == network for space in spaces),
        }
        for network in {space["network_id"] for space in spaces}
        for what, lacking in lacks.items()
    }


# --- events, workshops, data -------------------------------------------------------------------------------


def listed_events(world: World) -> Table:
    return {
        name: {
            "offered_seats_count": event["seats_count"],
            "stated_registrations_count": event["stated_registrations_count"],
        }
        for name, event in world.city.events.items()
        if event["parent_event_id"] is None and world.passes(event)
    }


def by_day(world: World) -> Table:
    found: Table = {}
    for event in world.city.events.values():
        is_dated = event["date_precision"] in {"minute", "day"}
        if event["parent_event_id"] is not None or not is_dated or not world.passes(event):
            continue
        kind = "public" if event["origin"] not in LISTS else {"held": ""}.get(event["status"], event["status"])
        counted = found.setdefault(
            event["starts_on"],
            dict.fromkeys(
                ("events_count", "public_events_count", "planned_events_count", "cancelled_events_count"), 0.0
            ),
        )
        counted[f"{kind}_events_count".lstrip("_")] += 1
    return found


def _programme(world: World, name: str) -> list[Row]:
    """The workshop and its sessions, as far as they count."""
    return [e for e in world.selected if e["event_id"] == name or e["parent_event_id"] == name]


def workshops(world: World) -> Table:
    found: Table = {}
    for name, event in world.city.events.items():
        if not event["is_workshop"] or event["parent_event_id"] is not None or not world.passes(event):
            continue
        ids = {one["event_id"] for one in _programme(world, name)}
        rows = [row for row in world.registrations if row["event_id"] in ids]
        found[name] = {
            "days_count": (event["ends_on"] - event["starts_on"]).days + 1,
            "programme_sessions_count": sum(
                one["parent_event_id"] == name and world.passes(one) for one in world.city.events.values()
            ),
            "proposals_count": sum(row["event_id"] == name for row in world.proposals),
            "all_registrations_count": len(rows) if is_held(event) else 0,
            "all_participants_count": len({r["person_id"] for r in rows if r["took_part"]} - {None}),
        }
    return found


def is_held(event: Row) -> bool:
    return is_counted(event) and event["origin"] in LISTS


def workshop_goals(world: World, name: str) -> Table:
    ids = {event["event_id"] for event in _programme(world, name)}
    shown = {e["event_id"] for e in world.city.events.values() if world.passes(e)}
    family = {n for n, e in world.city.events.items() if name in {n, e["parent_event_id"]}} & shown
    took_part = [row for row in world.participations if row["event_id"] in ids]
    people = {row["person_id"] for row in took_part} - {None}
    located = [r["district_code"] for r in world.proposals if r["event_id"] == name and r["district_code"] is not None]
    names = {row["name"] for row in world.city.tables["event_organisations"] if row["event_id"] in family}

    def of_people(holds: Callable[[Row], bool]) -> Value:
        return len({row["person_id"] for row in took_part if holds(row)} - {None}) if people else None

    return {
        "workshop_participants_count": {"value": len(people) if took_part else None, "base_count": len(took_part)},
        "workshop_newcomers_count": {
            "value": of_people(lambda r: world.city.first_month_of.get(r["person_id"]) == r["event"]["month"]),
            "base_count": len(people),
        },
        "workshop_districts_count": {"value": len(set(located)) if located else None, "base_count": len(located)},
        "workshop_ngo_participants_count": {
            "value": of_people(lambda r: r["participant_group"] == "ngo"),
            "base_count": len(people),
        },
        "workshop_organisations_count": {"value": len(names) if names else None, "base_count": len(names)},
        "workshop_outside_participants_count": {
            "value": of_people(lambda r: r["home_status"] == "outside_city"),
            "base_count": len(people),
        },
    }


def data_gaps(world: World) -> Table:
    listed = {row["event_id"] for row in world.city.registrations}

    def share(rows: list[Row], lacks: Callable[[Row], bool]) -> dict[str, Value]:
        missing = sum(map(lacks, rows))
        return {"missing_count": missing, "all_count": len(rows), "gap_pct": ratio(missing, len(rows))}

    signed, held, spaces = world.registrations, world.events, world.spaces
    return {
        "registrations_without_contact": share(signed, lambda r: r["person_id"] is None),
        "registrations_without_group": share(signed, lambda r: r["participant_group"] == "not_stated"),
        "registrations_without_home": share(signed, lambda r: r["home_status"] == "not_stated"),
        "registrations_without_time": share(signed, lambda r: r["registered_at"] is None),
        "events_without_list": share(held, lambda e: e["event_id"] not in listed),
        "events_without_attendance": share(held, lambda e: not e["is_attendance_recorded"]),
        "events_without_district": share(held, lambda e: e["district_code"] is None),
        "events_without_theme": share(held, lambda e: not e["themes"]),
        "events_without_time": share(held, lambda e: e["starts_at"] is None),
        "events_without_seats": share(held, lambda e: e["seats_count"] is None),
        "spaces_without_point": share(spaces, lambda s: s["lat_deg"] is None),
        "spaces_without_district": share(spaces, lambda s: s["district_code"] is None),
        "spaces_without_capacity": share(spaces, lambda s: s["capacity_count"] is None),
    }


def account(world: World) -> Table:
    names = ("rows_read_count", "rows_loaded_count", "rows_duplicate_count", "rows_rejected_count")
    about = [row for row in world.city.tables["sources"] if row["city_id"] in {world.filters.city, None}]
    found: Table = {row["source_id"]: {name: row[name] for name in names} for row in about}
    found[None] = {name: sum(row[name] for row in about) for name in names}
    return found


def reasons(world: World) -> Table:
    about = {row["source_id"] for row in world.city.tables["sources"] if row["city_id"] in {world.filters.city, None}}
    issues = [
        (row["outcome"], row["code"], row["reason_uk"], row["fix_uk"], row["source_id"])
        for row in world.city.tables["row_issues"]
        if row["source_id"] in about
    ]
    return {
        key: {
            "rows_count": sum(issue[:-1] == key for issue in issues),
            "files_count": len({issue[-1] for issue in issues if issue[:-1] == key}),
        }
        for key in {issue[:-1] for issue in issues}
    }


def theme_gaps(world: World) -> Table:
    pairs = [(world.city.events[event]["district_code"], theme) for event, theme in world.themed_pairs]
    pairs = [pair for pair in pairs if pair[0] in world.district_codes]
    return {
        (code, theme): {
            "events_count": pairs.count((code, theme)),
            "expected_events": sum(p[0] == code for p in pairs) * sum(p[1] == theme for p in pairs) / len(pairs)
            if pairs
            else 0.0,
        }
        for code in world.district_codes
        for theme in world.theme_ids
    }


def missing_returns(world: World) -> Table:
    came = {(row["space_id"], month_of(row["month"])) for row in world.returns}
    return {key: {} for key in world.due_returns - came}


# --- what is usual -----------------------------------------------------------------------------------------


def local_line(places: list[float], values: list[float], weights: list[float], at: float, count: int) -> float:
    """The value at a place of the line through its nearest points, near ones weighing more (Cleveland 1979)."""
    reach = sorted(abs(place - at) for place in places)[count - 1]
    near = [
        weight * max(0.0, 1 - (abs(place - at) / reach) ** 3) ** 3
        for place, weight in zip(places, weights, strict=True)
    ]
    total = sum(near)
    mean_x = sum(w * x for w, x in zip(near, places, strict=True)) / total
    mean_y = sum(w * y for w, y in zip(near, values, strict=True)) / total
    spread = sum(w * (x - mean_x) ** 2 for w, x in zip(near, places, strict=True))
    slope = sum(w * (x - mean_x) * (y - mean_y) for w, x, y in zip(near, places, values, strict=True)) / spread
    return mean_y + slope * (at - mean_x)


def usual_level(values: list[float], window: int = 15, rounds: int = 4) -> list[float]:
    """The moving level of a series without gaps or season: points far from it weigh less and less."""
    places = [float(place) for place in range(len(values))]
    weights = [1.0] * len(values)
    count = min(window, len(values))
    level = [local_line(places, values, weights, at, count) for at in places]
    for _ in range(rounds):
        rest = [abs(value - found) for value, found in zip(values, level, strict=True)]
        limit = 6 * (median(rest) or 0.0)
        weights = [max(0.0, 1 - (apart / limit) ** 2) ** 2 if apart < limit else 0.0 for apart in rest]
        level = [local_line(places, values, weights, at, count) for at in places]
    return level


def usual_reach(values: list[float], level: list[float], window: int = 15) -> float:
    """Half the width of the band: 2.5 standard deviations as the 80 % quantile tells them, for what was fitted."""
    rest = pd.Series([abs(value - found) for value, found in zip(values, level, strict=True)])
    count = len(values)
    return float(2.5 * rest.quantile(0.8) / 1.2816 * math.sqrt(count / (count - 2 * count / window - 1)))


TABLES: Final[Mapping[str, Callable[[World], Table]]] = {
    "themes": by_theme,
    "theme_changes": theme_changes,
    "groups": by_group,
    "districts": by_district,
    "homes": by_home,
    "representation": representation,
    "cohorts": cohorts,
    "between_visits": between_visits,
    "paths_of_spaces": paths_of_spaces,
    "paths_of_themes": paths_of_themes,
    "shared_people": shared_people,
    "meetups": meetups,
    "links": space_links,
    "network_in_brief": network_in_brief,
    "space_partition": space_groups,
    "network_spaces": network_spaces,
    "network_unknown": network_unknown,
    "events": listed_events,
    "events_by_day": by_day,
    "workshops": workshops,
    "data_gaps": data_gaps,
    "account": account,
    "reasons": reasons,
    "theme_gaps": theme_gaps,
    "missing_returns": missing_returns,
}
"""A table's reference, by its name."""
