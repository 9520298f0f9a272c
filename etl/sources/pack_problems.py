"""What can be wrong with a city pack, in words for the person who keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Language = Literal["uk", "en"]


@dataclass(frozen=True)
class Explanation:
    """One kind of problem: what is wrong, and what to do."""

    reason_uk: str
    reason_en: str
    fix_uk: str
    fix_en: str


@dataclass(frozen=True)
class PackProblem:
    """One problem: the file with its pack's folder, the place in it, what stands there and what may.

    ``row`` counts a table's rows as a spreadsheet does, the header being row 1, and a GeoJSON file's
    features from 1. ``allowed`` lists values or shows the form, alike in both languages.
    """

    file: str
    code: str
    row: int | None = None
    field: str | None = None
    value: str | None = None
    allowed: str | None = None

    def __post_init__(self) -> None:
        if self.code not in EXPLANATIONS:
            raise ValueError(f"unknown problem code {self.code!r}; add it to EXPLANATIONS")

    @property
    def explanation(self) -> Explanation:
        return EXPLANATIONS[self.code]

    def message(self, language: Language) -> str:
        """The problem in one line: place, reason, value, what is allowed, remedy."""
        is_uk = language == "uk"
        words = _WORDS[language]
        is_geometry = self.file.endswith(".geojson")
        place = [self.file]
        if self.row is not None:
            place.append(f"{words['feature' if is_geometry else 'row']} {self.row}")
        if self.field is not None:
            place.append(f"{words['field']} {self.field}")
        said = self.explanation.reason_uk if is_uk else self.explanation.reason_en
        if self.value is not None:
            said += f": «{self.value}»" if is_uk else f": “{self.value}”"
        if self.allowed is not None:
            said += f"; {words['allowed']}: {self.allowed}"
        fix = self.explanation.fix_uk if is_uk else self.explanation.fix_en
        return f"{', '.join(place)}: {said}. {words['fix']}: {fix}."


class PackError(ValueError):
    """One or more packs cannot be used; carries every problem found."""

    def __init__(self, problems: Iterable[PackProblem]) -> None:
        self.problems: tuple[PackProblem, ...] = tuple(problems)
        super().__init__("\n".join(self.messages("en")))

    def messages(self, language: Language) -> tuple[str, ...]:
        """One line per problem."""
        return tuple(problem.message(language) for problem in self.problems)


_WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "uk": {
        "row": "рядок",
        "feature": "об’єкт",
        "field": "поле",
        "allowed": "дозволено",
        "fix": "Що зробити",
    },
    "en": {"row": "row", "feature": "feature", "field": "field", "allowed": "allowed", "fix": "Remedy"},
}

EXPLANATIONS: Final[Mapping[str, Explanation]] = {
    # folders and files
    "no_packs": Explanation(
        "тут немає жодної теки міста",
        "there is no city's folder here",
        "вкажіть теку, у якій лежать теки міст",
        "name the folder that holds the cities' folders",
    ),
    "bad_city_id": Explanation(
        "назва теки не може бути ідентифікатором міста",
        "the folder's name cannot be a city's id",
        "назвіть теку малими латинськими літерами",
        "name the folder in small Latin letters",
    ),
    "missing_file": Explanation(
        "файлу немає",
        "the file is missing",
        "додайте файл; порожній перелік — це файл із самим заголовком",
        "add the file; an empty list is a file with a header alone",
    ),
    "unknown_file": Explanation(
        "такого файлу в теці міста не читають",
        "no such file is read from a city's folder",
        "перейменуйте файл або заберіть його з теки",
        "rename the file or take it out of the folder",
    ),
    "not_utf8": Explanation(
        "файл не в кодуванні UTF-8",
        "the file is not in UTF-8",
        "збережіть файл у кодуванні UTF-8",
        "save the file in UTF-8",
    ),
    "bad_toml": Explanation(
        "файл не читається як TOML",
        "the file cannot be read as TOML",
        "виправте запис у цьому місці",
        "correct the text at this place",
    ),
    "bad_json": Explanation(
        "файл не читається як GeoJSON FeatureCollection",
        "the file cannot be read as a GeoJSON FeatureCollection",
        "збережіть межі як GeoJSON (RFC 7946)",
        "save the geometry as GeoJSON (RFC 7946)",
    ),
    "broken_line": Explanation(
        "у рядку інша кількість полів, ніж у заголовку, або не закриті лапки",
        "the line has another number of fields than the header, or an open quotation mark",
        "перевірте коми та лапки в цьому рядку",
        "look at the commas and quotation marks of this line",
    ),
    # fields and cells
    "missing_field": Explanation(
        "поля немає",
        "the field is missing",
        "додайте поле; те, чого не знаєте, лишіть порожнім",
        "add the field; leave blank what is not known",
    ),
    "unknown_field": Explanation(
        "такого поля немає",
        "there is no such field",
        "виправте назву поля або вилучіть його",
        "correct the field's name or remove it",
    ),
    "duplicate_field": Explanation(
        "поле повторюється в заголовку",
        "the field stands in the header twice",
        "лишіть одне поле з цією назвою",
        "keep one field of this name",
    ),
    "missing_value": Explanation(
        "обов’язкова клітинка порожня",
        "a required cell is empty",
        "заповніть клітинку",
        "fill in the cell",
    ),
    "bad_value": Explanation(
        "значення не читається",
        "the value cannot be read",
        "запишіть його в указаній формі",
        "write it in the form shown",
    ),
    "not_allowed": Explanation(
        "такого значення немає в переліку",
        "the value is not in the list",
        "оберіть значення з переліку",
        "choose a value from the list",
    ),
    "out_of_range": Explanation(
        "значення поза межами",
        "the value is out of range",
        "перевірте число; широта й довгота могли помінятися місцями",
        "check the number; latitude and longitude may have been swapped",
    ),
    "bad_timezone": Explanation(
        "такого часового поясу немає",
        "there is no such time zone",
        "візьміть назву з бази IANA",
        "take a name from the IANA database",
    ),
    # rows against each other
    "duplicate_id": Explanation(
        "таке значення вже має інший рядок",
        "another row already has this value",
        "дайте кожному рядку власне значення",
        "give every row a value of its own",
    ),
    "alias_taken": Explanation(
        "цю назву вже має інший запис",
        "another record already has this name",
        "лишіть назву лише там, де вона однозначна",
        "keep the name only where it is unambiguous",
    ),
    "empty_alias": Explanation(
        "у назві немає ні літер, ні цифр",
        "the name has neither letters nor digits",
        "запишіть назву словами",
        "write the name in words",
    ),
    "unknown_reference": Explanation(
        "такого запису немає",
        "there is no such record",
        "додайте запис або виправте посилання",
        "add the record or correct the reference",
    ),
    "population_without_source": Explanation(
        "населення, його дата й джерело мають стояти разом",
        "a population needs its source, and its date or source needs a population",
        "вкажіть джерело або лишіть усі три клітинки порожніми",
        "name the source or leave all three cells empty",
    ),
    "half_point": Explanation(
        "вказано лише одну з координат",
        "only one of the coordinates is given",
        "вкажіть обидві координати або жодної",
        "give both coordinates or neither",
    ),
    "placeholder_point": Explanation(
        "координати умовні (placeholder_points у city.toml)",
        "the coordinates are a placeholder (placeholder_points in city.toml)",
        "вкажіть справжні координати або лишіть клітинки порожніми",
        "give the real coordinates or leave the cells empty",
    ),
    "outside_city": Explanation(
        "точка не лежить у жодному районі міста",
        "the point lies in no district of the city",
        "перевірте координати; широта й довгота могли помінятися місцями",
        "check the coordinates; latitude and longitude may have been swapped",
    ),
    "ends_before_start": Explanation(
        "кінець раніше за початок",
        "the end is before the start",
        "виправте одну з дат",
        "correct one of the dates",
    ),
    "precision_mismatch": Explanation(
        "дата не відповідає своїй точності: місяць або рік записують від першого дня до останнього",
        "the date does not fit its precision: a month or year runs from its first day to its last",
        "запишіть весь місяць чи рік або змініть date_precision",
        "write the whole month or year, or change date_precision",
    ),
    "place_mismatch": Explanation(
        "місце не відповідає place_status: space потребує space_id, venue — venue_name, решта — нічого",
        "the place does not fit place_status: space needs space_id, venue needs venue_name, others need neither",
        "заповніть потрібне поле, а зайве лишіть порожнім",
        "fill in the field that is needed and leave the other empty",
    ),
    "lone_conflict": Explanation(
        "суперечність має щонайменше два твердження, а тут одне",
        "a contradiction has at least two statements; this is the only one",
        "позначте й друге твердження або приберіть позначку",
        "mark the other statement too, or remove the mark",
    ),
    # geometry
    "invalid_geometry": Explanation(
        "геометрія порожня, хибна або не того виду",
        "the geometry is empty, invalid or of another type",
        "виправте геометрію в редакторі карт",
        "mend the geometry in a map editor",
    ),
    "missing_boundary": Explanation(
        "район не має межі в districts.geojson",
        "the district has no boundary in districts.geojson",
        "додайте об’єкт із district_code цього району",
        "add a feature with this district's district_code",
    ),
    "area_differs": Explanation(
        "площа відрізняється від площі межі більш ніж на чверть",
        "the area differs from the boundary's by more than a quarter",
        "перевірте межу та площу в км²",
        "check the boundary and the area in km²",
    ),
    # packs against each other
    "theme_differs": Explanation(
        "та сама тема має в іншого міста іншу назву",
        "the same theme has another name in another city",
        "лишіть одну назву або дайте темі інший theme_id",
        "keep one name or give the theme another theme_id",
    ),
}
