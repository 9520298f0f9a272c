"""Every sentence and label on the pages, Ukrainian and English side by side.

Names and definitions of figures stand in `dashboard.metrics.catalogue`, labels of vocabularies in
`dashboard.text.labels`, the writing of numbers and dates in their own modules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dashboard.text.participation import PARTICIPATION
from dashboard.text.words import Lang

WORDS: Final[Mapping[str, tuple[str, str]]] = {
    # --- the shell ---
    "app.title": ("Громадські простори міста", "The city's civic spaces"),
    "page.overview": ("Огляд місяця", "The month"),
    "page.map": ("Карта просторів", "Map of spaces"),
    "page.participation": ("Участь за темами", "Participation by theme"),
    "page.events": ("Події", "Events"),
    "page.network": ("Мережа хабів", "Network of hubs"),
    "page.cities": ("Міста", "Cities"),
    "page.presentation": ("Презентація", "Presentation"),
    "page.editions": ("Випуски", "Editions"),
    "page.data": ("Дані", "Data"),
    "banner.demo": (
        "**Демонстраційні дані.** Простори, події та люди вигадані; для публічних фактів указано джерело.",
        "**Demonstration data.** Spaces, events and people are invented; public facts name their source.",
    ),
    "banner.public": (
        (
            "Публічний перегляд: числа про групи менше {k} осіб приховано, решту округлено, суми складено "
            "з округлених. Групи учасників і місця проживання показано лише для всього міста."
        ),
        (
            "Public view: numbers about fewer than {k} people are hidden, the others rounded, sums made of rounded "
            "ones. Participant groups and homes are shown for the whole city only."
        ),
    ),
    "banner.damaged": (
        ("**Показано дані станом на {as_of}.** Новіші дані пошкоджено, тому показано останній цілий знімок."),
        "**The data shown is as of {as_of}.** Newer data is damaged, so the last whole snapshot is shown.",
    ),
    "banner.damaged.remedy": (
        (
            "ІТ-фахівцю: виконайте `civicspace load`, щоб прочитати списки заново, або "
            "`civicspace snapshots rollback {snapshot}`, щоб лишити показане; потім перевірте диск і виконайте "
            "`civicspace snapshots verify`. Пошкоджено: {damaged}, {part}."
        ),
        (
            "For the IT person: run `civicspace load` to read the lists anew, or "
            "`civicspace snapshots rollback {snapshot}` to stay with what is shown; then check the disk and run "
            "`civicspace snapshots verify`. Damaged: {damaged}, {part}."
        ),
    ),
    "footer.snapshot": (
        "Дані станом на {as_of} · знімок {snapshot}",
        "Data as of {as_of} · snapshot {snapshot}",
    ),
    "footer.boundaries": ("Межі районів: {attribution}", "District boundaries: {attribution}"),
    "error.nothing_published.title": ("Ще нічого не опубліковано", "Nothing is published yet"),
    "error.nothing_published.text": (
        (
            "Покладіть файли до теки `inbox` і виконайте `civicspace load`, або спробуйте на демонстраційних даних: "
            "`civicspace demo`, потім `civicspace load`."
        ),
        (
            "Put files into the `inbox` folder and run `civicspace load`, or try the demonstration data: "
            "`civicspace demo`, then `civicspace load`."
        ),
    ),
    "error.nothing_published.public": (
        "Міський відділ ще не оприлюднив даних. Щойно оприлюднить, вони з’являться на цій сторінці.",
        "The city department has not published any data yet. Once it has, they will appear on this page.",
    ),
    "error.store.title": ("Дані не вдалося відкрити", "The data cannot be opened"),
    "error.store.public": (
        "Спробуйте трохи згодом. Якщо не допоможе, назвіть номер помилки міському відділу, що веде ці сторінки.",
        "Please try again a little later. If that does not help, tell the error number to the city department.",
    ),
    "error.page": (
        "Сторінку не вдалося показати. Номер помилки {id}: назвіть його тому, хто обслуговує систему.",
        "The page cannot be shown. Error number {id}: tell it to whoever runs the system.",
    ),
    # --- filters ---
    "filter.lang": ("Мова · Language", "Language · Мова"),
    "filter.city": ("Місто", "City"),
    "filter.month": ("Місяць", "Month"),
    "filter.start": ("Від", "From"),
    "filter.end": ("До", "To"),
    "filter.district": ("Райони", "Districts"),
    "filter.theme": ("Теми", "Themes"),
    "filter.kind": ("Види просторів", "Kinds of space"),
    "filter.network": ("Мережі", "Networks"),
    "filter.group": ("Групи учасників", "Participant groups"),
    "filter.workshops": ("З багатоденними майстернями", "With multi-day workshops"),
    "filter.workshops.help": (
        "Багатоденна майстерня за кілька днів дає сотні відвідувань і ховає місячний ритм.",
        "A multi-day workshop adds hundreds of attendances in a few days and hides the monthly rhythm.",
    ),
    "filter.workshops.off": ("без багатоденних майстерень", "without multi-day workshops"),
    "filter.all": ("Усі", "All"),
    "filter.reset": ("Скинути фільтри", "Reset filters"),
    "filter.space": ("Простір: {name}", "Space: {name}"),
    "filter.unknown": (
        "Посилання містило невідомі значення, їх пропущено: {list}",
        "The link held unknown values, they were left out: {list}",
    ),
    "empty.title": ("За цими фільтрами нічого немає", "Nothing fits these filters"),
    "empty.text.bare": ("За цей період записів немає.", "There are no records for this period."),
    # --- shared by the pages ---
    "table.show": ("Показати таблицею", "Show as a table"),
    "table.download": ("Завантажити CSV", "Download CSV"),
    "col.district": ("Район", "District"),
    "col.space": ("Простір", "Space"),
    "col.theme": ("Тема", "Theme"),
    "col.group": ("Група", "Group"),
    "col.month": ("Місяць", "Month"),
    "col.date": ("Дата", "Date"),
    "col.title": ("Назва", "Title"),
    "col.place": ("Місце", "Place"),
    "col.format": ("Формат", "Format"),
    "col.kind": ("Вид", "Kind"),
    "col.network": ("Мережа", "Network"),
    "col.status": ("Стан", "Status"),
    "col.stage": ("Стадія", "Stage"),
    "col.origin": ("Походження", "Origin"),
    "col.source": ("Джерело", "Source"),
    "col.value": ("Значення", "Value"),
    "none.district": ("без району", "no district"),
    "value.hidden": ("приховано", "hidden"),
    "value.none": ("немає даних", "no data"),
    "table.none": ("н/д", "n/a"),
    "table.empty": ("У таблиці немає рядків.", "The table has no rows."),
    "month.unfinished": ("місяць триває", "month unfinished"),
    "coverage": ("повнота {pct}", "coverage {pct}"),
    "none.theme": ("без теми", "no theme"),
    "note.demo": ("демонстраційні дані", "demonstration data"),
    "col.note": ("Примітка", "Note"),
    "col.remark": ("Зауваження", "Remark"),
    "col.time": ("Час", "Time"),
    "col.host": ("Господар", "Host"),
    "col.role": ("Роль", "Role"),
    "col.mentoring": ("Менторство", "Mentoring"),
    "col.series": ("Серія", "Series"),
    "col.other_space": ("Інший простір", "Other space"),
    "col.home": ("Місце проживання", "Home"),
    "col.population": ("Населення", "Residents"),
    "col.population_on": ("Станом на", "As of"),
    "col.area": ("Площа, км²", "Area, km²"),
    "col.code": ("Код КАТОТТГ", "KATOTTG code"),
    "col.file": ("Файл", "File"),
    "col.file_format": ("Формат файлу", "File format"),
    "col.encoding": ("Кодування", "Encoding"),
    "col.unknown_columns": ("Стовпці, яких не читали", "Columns not read"),
    "col.refusal": ("Чому файл не прийнято", "Why the file was refused"),
    "col.outcome": ("Що сталося", "Outcome"),
    "col.reason": ("Причина", "Reason"),
    "col.fix": ("Що зробити", "What to do"),
    "col.rows": ("Рядків", "Rows"),
    "col.files": ("Файлів", "Files"),
    "col.sheet": ("Аркуш", "Sheet"),
    "col.row": ("Рядок", "Row"),
    "col.column": ("Стовпець", "Column"),
    "col.gap": ("Чого бракує", "What is missing"),
    "col.missing": ("Бракує", "Missing"),
    "col.of": ("Із", "Of"),
    "col.share": ("Частка", "Share"),
    "col.subject": ("Про що", "About"),
    "col.stated": ("Що сказано", "What is stated"),
    "col.period": ("За який час", "For what time"),
    "col.quote": ("Слова джерела", "The source's words"),
    "col.source_on": ("Дата джерела", "Date of the source"),
    "col.goal": ("Мета", "Goal"),
    "col.measure": ("Чим вимірюємо", "Measure"),
    "col.definition": ("Визначення", "Definition"),
    "col.capacity": ("Місткість", "Capacity"),
    "col.opened": ("Працює з", "Open since"),
    "col.closed": ("Зачинено", "Closed on"),
    "col.address": ("Адреса", "Address"),
    "col.location": ("Що відомо про місце", "What is known of the place"),
    "col.city": ("Місто", "City"),
    "col.figure": ("Показник", "Figure"),
    # --- the month ---
    "overview.lead": ("**{month}**{unfinished} · {city}", "**{month}**{unfinished} · {city}"),
    "overview.previous": ("Попередній місяць", "Previous month"),
    "overview.next": ("Наступний місяць", "Next month"),
    "overview.unfinished": (
        "Місяць ще триває: числа неповні, тому їх ні з чим не порівняно.",
        "The month is not over: its numbers are incomplete and compared with nothing.",
    ),
    "overview.findings": ("Що впадає в око", "What stands out"),
    "overview.findings.none": (
        "Цього місяця числа не дають підстав щось виокремити.",
        "The numbers of this month single nothing out.",
    ),
    "overview.definitions": ("Що означають ці числа", "What these numbers mean"),
    "overview.districts": ("Райони", "Districts"),
    "overview.themes": ("Теми місяця", "Themes of the month"),
    "overview.spaces": ("Найактивніші простори", "The most active spaces"),
    "overview.silent": ("Простори без жодної події", "Spaces without any event"),
    "overview.silent.none": (
        "Відкритих просторів без подій немає.",
        "No open space was without an event.",
    ),
    "overview.cities": ("Міста поруч", "Cities side by side"),
    "overview.cities.more": ("Міста за місяцями й темами", "Cities by month and theme"),
    "overview.cities.note": (
        "Той самий місяць, усі райони й теми. На 1000 мешканців рахуємо лише там, де відоме населення всіх районів.",
        (
            "The same month, all districts and themes. Per 1,000 residents only where the population of all districts "
            "is known."
        ),
    ),
    "presentation.views": ("Що показати, у цьому порядку", "What to show, in this order"),
    "presentation.none": ("Оберіть висновки, графіки, карти", "Choose findings, charts, maps"),
    "presentation.order": ("Змінити порядок", "Change the order"),
    "presentation.up": ("Раніше", "Earlier"),
    "presentation.down": ("Пізніше", "Later"),
    "presentation.start": ("Почати показ", "Start the presentation"),
    "presentation.keys": (
        (
            "Відкриється в новій вкладці. Далі: →, пробіл або рух пальцем; F — на весь екран, N — нотатки, T — час, "
            "D — темна зала, Q — QR-код живих чисел."
        ),
        (
            "Opens in a new tab. Next: →, space or a swipe; F: full screen, N: notes, T: timer, D: dark room, "
            "Q: QR code of the live numbers."
        ),
    ),
    "presentation.prepare": ("Підготувати файли", "Prepare the files"),
    "presentation.pptx": ("Слайди (PPTX)", "Slides (PPTX)"),
    "presentation.html": ("Показ без мережі (HTML)", "Offline presentation (HTML)"),
    "overview.document": ("Місяць документом", "The month as a document"),
    "overview.document.first": ("Випустити й завантажити ({format})", "Issue and download ({format})"),
    "overview.document.first.note": (
        "Випуск незмінний: файл можна підписати й переслати, а за рік отримати такий самий.",
        "An edition never changes: the file can be signed and sent on, and is the same a year later.",
    ),
    "overview.document.newest": ("Завантажити випуск {number} ({format})", "Download edition {number} ({format})"),
    "overview.document.newest.note": (
        "Випуск {number} від {day}, дані станом на {as_of}. Усі формати й попередні випуски: сторінка «Випуски».",
        "Edition {number} of {day}, data as of {as_of}. All formats and earlier editions: the page Editions.",
    ),
    "overview.document.next": (
        "Випустити й завантажити випуск {number} ({format})",
        "Issue and download edition {number} ({format})",
    ),
    "overview.document.next.note": (
        "Відтоді дані змінилися: наступний випуск скаже, що саме й чому.",
        "The data have changed since: the next edition will say what and why.",
    ),
    "overview.document.draft": ("Підготувати чернетку (HTML)", "Prepare a draft (HTML)"),
    "overview.document.draft.note": (
        "Випуск охоплює все місто; чернетка показує вибране фільтрами.",
        "An edition covers the whole city; a draft shows what the filters leave.",
    ),
    "overview.document.draft.none": (
        "Випуску за цей місяць ще немає, тому це чернетка.",
        "There is no edition of this month yet, so this is a draft.",
    ),
    "overview.document.draft.download": ("Завантажити чернетку", "Download the draft"),
    "overview.document.making": ("Готуємо звіт…", "Preparing the report…"),
    "overview.document.comparing": ("Порівнюємо з випуском…", "Comparing with the edition…"),
    "tile.coverage": ("повнота {pct}", "coverage {pct}"),
    "tile.against": ("{change} проти {month}", "{change} against {month}"),
    "tile.none": ("{month}: немає даних", "{month}: no data"),
    # --- the map ---
    "map.figure": ("Показник на карті", "Figure on the map"),
    "map.measure": ("Як міряти", "Measured as"),
    "map.measure.value": ("Значення", "Value"),
    "map.measure.per_1000": ("На 1000 мешканців", "Per 1,000 residents"),
    "map.measure.previous": ("Зміна за місяць", "Change in a month"),
    "map.measure.year_ago": ("Зміна за рік", "Change in a year"),
    "map.measured.previous": ("{name}: зміна проти {month}", "{name}: change since {month}"),
    "map.measured.year_ago": ("{name}: зміна проти {month}", "{name}: change since {month}"),
    "map.method": ("Класи кольорів", "Colour classes"),
    "map.method.natural": ("природні межі", "natural breaks"),
    "map.method.quantiles": ("порівну районів", "as many in each"),
    "map.method.equal": ("рівна ширина", "equal width"),
    "map.method.of.natural": ("природні межі Фішера — Дженкса", "natural breaks (Fisher–Jenks)"),
    "map.method.of.quantiles": ("порівну районів у класі (квантилі)", "as many districts in each (quantiles)"),
    "map.method.of.equal": ("однакова ширина класів", "classes of equal width"),
    "map.method.of.single": ("кожне значення — свій колір", "a colour for each value"),
    "map.method.said": ("Класи: {method}.", "Classes: {method}."),
    "map.method.change": ("Нуль — окремий колір; межі в обидва боки однакові.", "Zero has a colour of its own."),
    "map.reach": ("Досяжність на карті", "Reach on the map"),
    "map.reach.off": ("Без кіл", "No circles"),
    "map.reach.on": ("Кола 1 і 2 км", "Circles of 1 and 2 km"),
    "map.month": ("Місяць на карті", "Month on the map"),
    "map.nowhere": (
        "Поза районами (місце невідоме або не в районі): {value}.",
        "Outside the districts (place unknown or in none): {value}.",
    ),
    "map.population": ("Населення: {list}.", "Population: {list}."),
    "map.population.one": ("{source} ({day})", "{source} ({day})"),
    "map.population.undated": ("без дати", "no date"),
    "map.population.none": (
        "Немає чисельності населення: {list}.",
        "Population not known: {list}.",
    ),
    "map.past": ("Минути карту: те саме в списках", "Skip the map: the lists hold the same"),
    "map.hint": (
        "Клацніть район або простір чи оберіть їх у списку: карта й список завжди показують те саме.",
        "Click a district or a space, or choose it in the list: map and list always show the same.",
    ),
    "map.list.districts": ("Райони на карті", "Districts on the map"),
    "map.list.space": ("Простір на карті", "Space on the map"),
    "map.list.unlocated": ("{name} — без точки", "{name} — no point"),
    "map.districts": ("Райони", "Districts"),
    "map.spaces": ("Простори", "Spaces"),
    "map.unlocated": (
        "Без точки на карті: {spaces}, з них місце невідоме: {unknown}",
        "Without a point on the map: {spaces}; location unknown: {unknown}",
    ),
    "map.unlocated.text": (
        (
            "Ці простори назвали публічні джерела, але їхньої точки на карті ніхто не вказав. "
            "Ми її не вигадуємо: вони є в переліку й у підрахунках."
        ),
        (
            "Public sources or lists name these spaces, but nobody states their point on the map. We do not invent it: "
            "they are listed and counted."
        ),
    ),
    "map.profile.choose": ("Оберіть простір", "Choose a space"),
    "map.profile.close": ("Закрити картку", "Close the card"),
    "map.profile.from": ("Звідки відомості: {origin}.", "Where this comes from: {origin}."),
    "map.profile.unlisted": (
        "Простір назвали лише публічні джерела: що в ньому відбувається, списки міста не кажуть.",
        "Only public sources name this space: the city's lists do not tell what happens in it.",
    ),
    "map.profile.tab.known": ("Що відомо", "What is known"),
    "map.profile.tab.months": ("Що відбувається", "What happens"),
    "map.profile.tab.others": ("Хто поруч", "Who is near"),
    "map.profile.themes": ("Теми за 12 місяців", "Themes in 12 months"),
    "map.profile.themes.none": ("Подій із темою не було.", "No event had a theme."),
    "map.profile.neighbours": ("Найближчі простори", "Nearest spaces"),
    "map.profile.neighbours.none": (
        "Точки на карті немає, тому відстаней теж.",
        "There is no point on the map, so there are no distances.",
    ),
    "map.profile.partners": ("Були на тих самих зустрічах", "Were at the same meetings"),
    "map.profile.partners.none": ("Спільних зустрічей у списках немає.", "The lists name no meeting together."),
    "map.profile.completeness": ("Повнота відомостей", "How complete this is"),
    "map.profile.details": (
        "Відомостей про простір: {known} з {all}; ніхто не вказав: {list}.",
        "Details of the space: {known} of {all}; nobody stated: {list}.",
    ),
    "map.profile.details.all": (
        "Усі {all} відомостей про простір указано.",
        "All {all} details of the space are stated.",
    ),
    "map.profile.known_months": (
        "Місяців зі списком або звітом: {known} з {all}.",
        "Months with a list or a return: {known} of {all}.",
    ),
    "map.detail.district": ("район", "district"),
    "map.detail.address": ("адреса", "address"),
    "map.detail.point": ("точка на карті", "point on the map"),
    "map.detail.capacity": ("місткість", "capacity"),
    "map.detail.opened": ("день відкриття", "day of opening"),
    "map.look": ("Придивитися", "Look closer"),
    "map.look.reach": ("Досяжність", "Reach"),
    "map.look.representation": ("Представленість", "Representation"),
    "map.look.gaps": ("Брак тем", "Missing themes"),
    "map.look.compare": ("Два райони", "Two districts"),
    "map.reach.title": ("Наскільки близько простори", "How near the spaces are"),
    "map.reach.text": (
        (
            "Відстань навпростець до відкритих просторів у системі {crs}. Це частка площі, а не мешканців: де саме в "
            "районі живуть люди, тут невідомо. Просторів із точкою: {located}, без точки (їх не враховано): "
            "{unlocated}."
        ),
        (
            "Distance as the crow flies to open spaces, in {crs}. This is a share of area, not of residents: where in "
            "a district people live is not known here. Spaces with a point: {located}; without one (not counted): "
            "{unlocated}."
        ),
    ),
    "map.reach.none": (
        "Жоден відкритий простір не має точки на карті.",
        "No open space has a point on the map.",
    ),
    "map.representation.title": ("Хто приходить і хто тут живе", "Who comes and who lives here"),
    "map.representation.text": (
        (
            "100 — мешканці району реєструються так часто, як велика їхня частка в населенні. За {n} реєстраціями "
            "{month}, де названо район проживання ({pct} усіх)."
        ),
        (
            "100: residents of the district sign up as often as their share of the population is large. From {n} "
            "registrations {month} that name the home district ({pct} of all)."
        ),
    ),
    "map.representation.hidden": (
        (
            "Місця проживання показано лише для всього міста без фільтрів і лише тоді, коли жоден район не "
            "приховано; тому індексу тут немає."
        ),
        (
            "Homes are shown for the whole city without filters only, and only where no district is hidden; so there "
            "is no index here."
        ),
    ),
    "map.representation.activity": ("Події в районі", "Events in the district"),
    "map.representation.evenness": (
        "Рівномірність подій між районами {month}: {value} (1 — порівну; подій із відомим районом: {n}).",
        "Evenness of events between districts {month}: {value} (1 is equal; events with a known district: {n}).",
    ),
    "map.gaps.title": ("Яких тем районові бракує", "Themes that a district lacks"),
    "map.gaps.text": (
        (
            "Події {months}. ○ — теми немає зовсім, ▼ — її менше, ніж можна пояснити випадком: якби тема була така "
            "сама часта, як у місті, стільки чи менше подій траплялося б раз на сто. ? — подій замало, щоб судити."
        ),
        (
            "Events of {months}. ○: the theme is absent; ▼: rarer than chance explains: were it as frequent as in the "
            "city, so few events would occur once in a hundred times. ?: too few events to tell."
        ),
    ),
    "map.gaps.one": (
        "**{district}** — {theme}: {events} замість близько {expected}",
        "**{district}** — {theme}: {events} instead of about {expected}",
    ),
    "map.gaps.none": (
        "Жодного браку, якого не пояснив би випадок.",
        "No gap that chance would not explain.",
    ),
    "map.compare.left": ("Один район", "One district"),
    "map.compare.right": ("Інший район", "The other district"),
    "map.compare.themes": ("Частка кожної теми в районі", "Share of each theme in the district"),
    "map.compare.few": ("У місті немає двох районів.", "The city has no two districts."),
    **PARTICIPATION,
    # --- events ---
    "events.calendar": ("Календар", "Calendar"),
    "events.calendar.name": ("Події за днями", "Events by day"),
    "events.calendar.about": (
        "Події, що починаються цього дня: ті, що відбулися, скасовані й заплановані",
        "Events that begin on the day: held, cancelled and planned",
    ),
    "events.month.events_count": ("відбулося: {count}", "held: {count}"),
    "events.month.public_events_count": (
        "лише з публічних джерел: {count}",
        "only from public sources: {count}",
    ),
    "events.month.planned_events_count": ("заплановано: {count}", "planned: {count}"),
    "events.month.cancelled_events_count": ("скасовано: {count}", "cancelled: {count}"),
    "events.forms": ("подія|події|подій", "event|events"),
    "events.undated": (
        "У календарі немає подій, день яких невідомий ({count}): вони є в переліку.",
        "Events whose day is not known ({count}) are not in the calendar but in the list.",
    ),
    "events.day": ("{day}", "{day}"),
    "events.day.choose": ("Числа місяця", "Dates of the month"),
    "events.day.hint": (
        (
            "Оберіть день: мишею або з клавіатури (Tab, стрілки, пробіл). Тут буде видно його події, а перелік нижче "
            "залишить тільки їх. Ще раз на той самий день — знову весь місяць."
        ),
        (
            "Choose a day, by mouse or keyboard (Tab, arrows, space). Its events show here, and the list below keeps "
            "them alone. The same day once more brings the whole month back."
        ),
    ),
    "events.day.none": ("Цього дня нічого не починається.", "Nothing begins on this day."),
    "events.day.going_on": ("**Триває:**", "**Going on:**"),
    "events.list": ("Перелік подій", "List of events"),
    "events.search": ("Пошук", "Search"),
    "events.search.hint": ("назва, місце, серія, тема", "title, place, series, theme"),
    "events.found": ("Знайдено {count} із {all}", "Found {count} of {all}"),
    "events.open": ("Відкрити подію", "Open an event"),
    "events.open.hint": ("оберіть із переліку", "choose from the list"),
    "events.one.sessions": ("Програма", "Programme"),
    "events.one.source": ("Походження рядка: {origin}", "Where the row comes from: {origin}"),
    "events.ics": ("Завантажити в календар (ICS)", "Download as a calendar (ICS)"),
    "events.ics.help": (
        "Події цього переліку для календаря в телефоні чи пошті. Людей у файлі немає.",
        "The events of this list for the calendar of a phone or mail program. No people are in the file.",
    ),
    "events.ics.undated": (
        "У файлі календаря немає подій, день яких невідомий: {count}.",
        "The calendar file leaves out events whose day is not known: {count}.",
    ),
    "ics.cancelled": ("Скасовано: {title}", "Cancelled: {title}"),
    "events.workshops": ("Майстерні міста", "City workshops"),
    "events.workshops.none": (
        "За цими фільтрами багатоденних майстерень немає.",
        "No multi-day workshop fits these filters.",
    ),
    "events.workshop": ("Майстерня", "Workshop"),
    "workshop.days_count": ("Днів", "Days"),
    "workshop.programme_sessions_count": ("Сесій у програмі", "Sessions in the programme"),
    "workshop.all_registrations_count": ("Реєстрації", "Registrations"),
    "workshop.all_participants_count": ("Учасники", "Participants"),
    "workshop.proposals_count": ("Проєктні пропозиції", "Project proposals"),
    "workshop.day": ("День", "Day"),
    "workshop.programme": ("Програма за днями й місцями", "Programme by day and place"),
    "workshop.programme.none": (
        "Програми цієї майстерні в даних немає.",
        "The data hold no programme of this workshop.",
    ),
    "workshop.untimed": ("час не вказано", "time not given"),
    "workshop.goals": ("Цілі та чим їх виміряно", "Goals and how they are measured"),
    "workshop.proposals": ("Проєктні пропозиції за темами та стадіями", "Project proposals by theme and stage"),
    "workshop.proposals.unit": ("проєктних пропозицій у клітинці", "proposals in a cell"),
    "workshop.proposals.none": (
        "Анкет опису проєкту в даних немає.",
        "The data hold no project questionnaires.",
    ),
    "goal.involvement": ("Залучення мешканців", "Involvement of residents"),
    "goal.awareness": ("Обізнаність", "Awareness"),
    "goal.districts": ("Розвиток районів", "Development of districts"),
    "goal.ngo_support": ("Підтримка громадських організацій", "Support of NGOs"),
    "goal.cooperation": ("Співпраця", "Cooperation"),
    "goal.exchange": ("Обмін досвідом між містами", "Exchange between cities"),
    # --- the network ---
    "network.lead": (
        "Хто з ким зустрічається, як мережа росте і хто потребує ментора. Показано всю історію.",
        "Who meets whom, how the network grows and who asks for a mentor. All of the history is shown.",
    ),
    "network.cards": ("Мережі", "Networks"),
    "network.none": ("Мереж у даних цього міста немає.", "The data of this city hold no networks."),
    "network.operator": ("**Оператор:** {name}", "**Operator:** {name}"),
    "network.growth": ("Скільки просторів приходить на зустрічі", "How many spaces come to the meet-ups"),
    "network.public": ("Зустрічі, про які кажуть публічні джерела", "Meet-ups that public sources name"),
    "network.public.came": ("Були представники: {spaces}.", "Present were: {spaces}."),
    "network.growth.none": (
        "Списків зустрічей у даних цього міста немає.",
        "The data of this city hold no lists of meet-ups.",
    ),
    "network.all_spaces": ("просторів на зустрічі", "spaces at the meet-up"),
    "network.newcomers": ("з них уперше", "of them for the first time"),
    "network.so_far": ("просторів відтоді загалом", "spaces so far"),
    "network.brief.meetups_count": ("Зустрічей хабів", "Meet-ups of hubs"),
    "network.brief.spaces_per_meetup": ("Просторів на зустріч", "Spaces per meet-up"),
    "network.brief.spaces_so_far_count": ("Просторів побувало", "Spaces that came so far"),
    "network.brief.space_links_count": ("Пар просторів зустрілося", "Pairs of spaces that met"),
    "network.brief.year": ("за 12 місяців", "in 12 months"),
    "network.brief.change": (
        "за 12 місяців; {change} проти попередніх",
        "in 12 months; {change} against the 12 before",
    ),
    "network.brief.share": ("{share} усіх можливих пар", "{share} of all possible pairs"),
    "network.growth.finding": (
        "На зустріч приходить {now} простору, за 12 місяців до того — {before}",
        "{now} spaces come to a meet-up, {before} in the 12 months before",
    ),
    "network.growth.finding.alone": ("На зустріч приходить {now} простору", "{now} spaces come to a meet-up"),
    "network.growth.unit": (
        "просторів на кожній зустрічі; у заголовку — середнє за 12 повних місяців",
        "spaces at each meet-up; the title has means of 12 full months",
    ),
    "network.n.meetups": ("зустрічей: {count}", "meet-ups: {count}"),
    "network.n.spaces": ("просторів: {count}", "spaces: {count}"),
    "network.n.pairs": ("пар: {count}", "pairs: {count}"),
    "network.newcomers_by_year": ("Новачки за роками", "Newcomers by year"),
    "network.newcomers.finding": (
        "Уперше прийшло просторів у {year}: {count}",
        "Spaces there for the first time in {year}: {count}",
    ),
    "network.newcomers.unit": ("просторів, що прийшли вперше", "spaces there for the first time"),
    "network.year": ("Рік", "Year"),
    "network.year.unfinished": ("рік триває", "year unfinished"),
    "network.who": ("Хто", "Who"),
    "network.links": ("Хто з ким зустрічається", "Who meets whom"),
    "network.links.as": ("Як показати", "Drawn as"),
    "network.links.graph": ("Граф", "Graph"),
    "network.links.matrix": ("Матриця", "Matrix"),
    "network.links.presence": ("Хто на якій зустрічі був", "Who was at which meet-up"),
    "network.links.presence.finding": ("Найчастіше на зустрічах: {name}, {count}", "Most often there: {name}, {count}"),
    "network.links.by": ("Що поєднує", "Linked by"),
    "network.links.by.meetings": ("Спільні зустрічі", "Meet-ups together"),
    "network.links.by.people": ("Спільні учасники", "Shared participants"),
    "network.links.public": (
        "Зв’язки за спільними учасниками бачать лише працівники департаменту: за ними можна впізнати малі групи.",
        "Links by shared participants are for the department alone: small groups could be told by them.",
    ),
    "network.links.none": (
        "За цими фільтрами жодні два простори не пов’язані.",
        "With these filters no two spaces are linked.",
    ),
    "network.links.graph.note": (
        (
            "лінії: із ким кожен простір пов’язаний найбільше, до {each}; простори з найбільшою кількістю зв’язків: "
            "{spaces}; колір — група"
        ),
        "lines: whom each space is linked with most, up to {each}; spaces with most links: {spaces}; colour: group",
    ),
    "network.links.matrix.note": (
        "простори з найбільшою кількістю зв’язків: {spaces}, за групами",
        "spaces with most links: {spaces}, by group",
    ),
    "network.links.presence.note": (
        "насичена клітинка — господар; останні зустрічі: {meetings}; простори, що бували найчастіше: {spaces}",
        "a strong cell is the host; last meet-ups: {meetings}; spaces that came most often: {spaces}",
    ),
    "network.links.narrow": (
        "На широкому екрані це граф і матриця; повний перелік є там у таблиці.",
        "On a wide screen this is a graph and a matrix; the whole list is in their table.",
    ),
    "network.links.unit.meetings": ("Спільних зустрічей", "Meet-ups together"),
    "network.links.unit.people": ("Спільних учасників", "Shared participants"),
    "network.links.finding.meetings": (
        "Найчастіше разом: {first} — {second}, {count}",
        "Together most often: {first} and {second}, {count}",
    ),
    "network.links.finding.meetings.many": (
        "Найчастіше разом: {count}, таких пар {pairs}",
        "Together most often: {count}, pairs of this kind: {pairs}",
    ),
    "network.links.finding.people": (
        "Найбільше спільних учасників: {first} — {second}, {count}",
        "Most shared participants: {first} and {second}, {count}",
    ),
    "network.links.finding.people.many": (
        "Найбільше спільних учасників: {count}, таких пар {pairs}",
        "Most shared participants: {count}, pairs of this kind: {pairs}",
    ),
    "network.forms.meetups": ("зустріч|зустрічі|зустрічей", "meet-up|meet-ups"),
    "network.forms.people": ("людина|людини|людей", "person|people"),
    "network.forms.spaces": ("простір|простори|просторів", "space|spaces"),
    "network.groups": ("Групи просторів", "Groups of spaces"),
    "network.groups.clear": (
        "Груп: {n}. Межі між ними чіткі: модулярність {value}.",
        "Groups: {n}. They stand clearly apart: modularity {value}.",
    ),
    "network.groups.unclear": (
        (
            "Груп: {n}, але межі між ними нечіткі: модулярність {value}, чіткою її вважають від 0,3. Простори "
            "зустрічаються всі з усіма."
        ),
        (
            "Groups: {n}, but they are not clear: modularity {value}, and 0.3 is where groups are called clear. Spaces "
            "meet across groups."
        ),
    ),
    "network.groups.nobody": (
        "Жодні два простори не були на одній зустрічі.",
        "No two spaces were at the same meet-up.",
    ),
    "network.groups.method": (
        "Метод Лувена (Blondel та ін., 2008), networkx, сталий вибір випадкових кроків.",
        "Louvain method (Blondel et al. 2008), networkx, with fixed random steps.",
    ),
    "network.group": ("Група {rank}", "Group {rank}"),
    "network.group.none": ("не були на зустрічах", "not at the meet-ups"),
    "network.group.themes": ("теми подій: {themes}", "themes of its events: {themes}"),
    "network.group.no_themes": ("подій із темами немає", "no events with themes"),
    "network.state": ("Стан", "State"),
    "network.state.all": ("Усі", "All"),
    "network.state.requests": ("Просять", "Ask"),
    "network.state.offers": ("Пропонують", "Offer"),
    "network.mentoring.note": (
        "Стан — що простір сказав востаннє. Чи знайшовся ментор, ніхто не записує.",
        "The state is what a space said last. Whether a mentor was found nobody writes down.",
    ),
    "network.card.kinds": ("Види", "Kinds"),
    "network.card.districts": ("Райони", "Districts"),
    "network.card.unknown": ("Невідомо", "Not known"),
    "network.card.unknown.of": ("{what} — {count} із {all}", "{what}: {count} of {all}"),
    "network.card.unknown.nothing": ("усе потрібне відомо", "all that is asked is known"),
    "network.card.last": ("Остання подія", "Last event"),
    "network.card.months": ("Події за місяцями", "Events by month"),
    "network.card.month.unfinished": ("{month}, триває", "{month}, unfinished"),
    "network.card.no_months": (
        "За останні 13 місяців списків подій цих просторів немає: що в них відбувалося, невідомо.",
        "There are no lists of events of these spaces for the last 13 months: what happened in them is not known.",
    ),
    "network.unknown.district": ("район", "district"),
    "network.unknown.address": ("адреса", "address"),
    "network.unknown.point": ("точка на карті", "point on the map"),
    "network.unknown.opened": ("день відкриття", "day of opening"),
    "network.unknown.capacity": ("місткість", "capacity"),
    "network.unknown.events": ("події (немає списків)", "events (no lists)"),
    "network.last": ("Востаннє", "Last"),
    "network.mentoring": ("Менторство", "Mentoring"),
    "network.mentoring.none": (
        "Ніхто не просив і не пропонував менторства.",
        "Nobody asked for mentoring or offered it.",
    ),
    "network.requests": ("Потребує ментора, разів", "Asked for a mentor, times"),
    "network.offers": ("Пропонує менторство, разів", "Offered mentoring, times"),
    "network.formats": ("Формати подій", "Formats of events"),
    "facts.title": ("Що кажуть публічні джерела", "What public sources state"),
    "facts.stated": ("Публічні факти", "Public facts"),
    # --- cities ---
    "cities.lead": (
        (
            "Лише те, що можна порівняти: частки, середні та числа на 1000 мешканців, кожне з тим, на чому тримається "
            "(n). Міста показано цілком: фільтри районів, тем, просторів і груп тут не діють. Беремо повні місяці, "
            "за які списки є в усіх міст, що їх ведуть."
        ),
        (
            "Only what can be compared: shares, means and numbers per 1,000 residents, each with what it rests on (n). "
            "Cities are shown as wholes: filters of districts, themes, spaces and groups have no effect here. Taken "
            "are full months for which all cities that keep lists have them."
        ),
    ),
    "cities.figures": ("Показники поруч", "Figures side by side"),
    "cities.base": ("Що таке n", "What n is"),
    "cities.n": ("n", "n"),
    "cities.population": (
        "{city}: населення невідоме ({districts}), тому чисел на 1000 мешканців немає: «н/д» — не нуль.",
        "{city}: the population is not known ({districts}), so there are no numbers per 1,000: no data, not zero.",
    ),
    "cities.months": ("За місяцями, на одній шкалі", "Month by month, on one scale"),
    "cities.one_scale": ("одна шкала для всіх міст", "one scale for all cities"),
    "cities.themes": ("Частки тем", "Shares of themes"),
    "cities.themes.note": ("n — події з темами", "n: events with themes"),
    "cities.left_out": ("Чого тут немає й чому", "What is left out and why"),
    "cities.why.size": (
        "Залежить від розміру міста й від того, скільки просторів надсилає списки",
        "It grows with the city and with how many spaces send lists",
    ),
    "cities.why.history": (
        "Залежить від того, відколи місто веде списки: що коротша історія, то більше «нових»",
        "It depends on how long a city has kept lists: the shorter the history, the more are “new”",
    ),
    "cities.why.returns": (
        "Простори звітують про це самі, і не всі",
        "Spaces report it themselves, and not all do",
    ),
    "cities.why.same": ("Каже те саме, що частка відвідування", "It says the same as the attendance rate"),
    "cities.why.districts": (
        "Залежить від кількості районів: за двох районів вона стрибає, за десяти майже ні",
        "It depends on how many districts there are: with two it jumps, with ten it hardly moves",
    ),
    # --- editions ---
    "editions.lead": (
        "Звіти, що вийшли. Випуск не змінюється; виправлення виходять наступним випуском і кажуть, що змінено й чому.",
        "Reports that are out. An edition never changes; corrections come as the next one, which says what and why.",
    ),
    "editions.issue": ("Випустити", "Issue"),
    "editions.issue.months": ("Місяць", "Month"),
    "editions.issue.role": ("Для кого", "For whom"),
    "editions.role.public": ("для оприлюднення", "for publication"),
    "editions.role.analyst": ("службовий", "internal"),
    "editions.issue.reason": ("Чому дані змінено (необов’язково)", "Why the data changed (optional)"),
    "editions.issue.button": ("Випустити звіт", "Issue the report"),
    "editions.issue.older": (
        "Показано не останні дані, бо останні пошкоджено: поки їх не відновлено, нічого не випускаємо.",
        "Not the latest data are shown, for those are damaged: until they are mended nothing is issued.",
    ),
    "editions.issued": (
        "Випуск {reference} вийшов. Змінено чисел: {count}.",
        "Edition {reference} is out. Numbers changed: {count}.",
    ),
    "editions.issued.first": ("Випуск {reference} вийшов.", "Edition {reference} is out."),
    "editions.same": (
        "Нового випуску немає: дані ті самі, що у випуску {reference} від {day}.",
        "There is no new edition: the data are those of edition {reference} of {day}.",
    ),
    "editions.list": ("Перелік випусків", "List of editions"),
    "editions.none": ("За це місто випусків ще немає.", "There are no editions of this city yet."),
    "editions.damaged": (
        "Випуск {reference} пошкоджено: його файли вже не ті, що вийшли. Скажіть тому, хто обслуговує систему.",
        "Edition {reference} is damaged: its files are not those that were issued. Tell whoever runs the system.",
    ),
    "editions.number": ("Випуск", "Edition"),
    "editions.issued_on": ("Дата випуску", "Issued on"),
    "editions.as_of": ("Дані станом на", "Data as of"),
    "editions.snapshot": ("Знімок даних", "Snapshot"),
    "editions.changes_count": ("Змінено чисел", "Numbers changed"),
    "editions.why": ("Чому", "Why"),
    "editions.role": ("Для кого", "For whom"),
    "editions.one": ("Один випуск", "One edition"),
    "editions.choose": ("Випуск", "Edition"),
    "editions.called": ("{month}, випуск {number}, {role}", "{month}, edition {number}, {role}"),
    "editions.imprint": (
        (
            "Випуск {number} від {day}. Дані станом на {as_of}, знімок `{snapshot}`, версія програми {version}, "
            "файлів прочитано: {files}."
        ),
        (
            "Edition {number} of {day}. Data as of {as_of}, snapshot `{snapshot}`, program version {version}, "
            "files read: {files}."
        ),
    ),
    "editions.changes": ("Що змінено проти попереднього випуску", "What changed since the edition before"),
    "editions.changes.none": ("Числа ті самі.", "The numbers are the same."),
    "editions.place": ("Де", "Where"),
    "editions.before": ("Було", "Before"),
    "editions.after": ("Стало", "After"),
    "editions.row.none": ("немає рядка", "no such row"),
    "editions.files": ("Файли", "Files"),
    "editions.outdated": (
        "Цей випуск зробила інша версія програми: є лише файли, які зробили тоді.",
        "Another version of the program issued this edition: only the files made then are there.",
    ),
    "editions.no_pdf": (
        "PDF друкує браузер Chromium, а його тут немає.",
        "PDF is printed by the Chromium browser, which is not here.",
    ),
    "editions.format.html": ("HTML: сторінка, що відкривається без мережі", "HTML: a page that opens with no network"),
    "editions.format.pdf": ("PDF: на підпис і друк", "PDF: to sign and print"),
    "editions.format.pptx": ("PPTX: слайди", "PPTX: slides"),
    "editions.format.docx": ("DOCX: документ для діловодства", "DOCX: a document for the paper flow"),
    "editions.format.xlsx": ("XLSX: таблиці", "XLSX: tables"),
    "editions.format.data": ("ZIP: відкриті дані", "ZIP: open data"),
    # --- data ---
    "data.lead": (
        "Станом на **{as_of}** · знімок `{snapshot}` · версія програми {version}",
        "As of **{as_of}** · snapshot `{snapshot}` · program version {version}",
    ),
    "data.account": ("Облік кожного рядка", "An account of every row"),
    "data.account.text": (
        "Прочитано = завантажено + повтори + відхилено — для кожного файлу й разом.",
        "Read = loaded + duplicate + rejected, for every file and in total.",
    ),
    "data.rows_read_count": ("Прочитано рядків", "Rows read"),
    "data.rows_loaded_count": ("Завантажено", "Loaded"),
    "data.rows_duplicate_count": ("Повтори", "Duplicates"),
    "data.rows_rejected_count": ("Відхилено", "Rejected"),
    "data.reasons": ("Причини", "Reasons"),
    "data.reasons.none": ("Зауважень немає.", "There are no remarks."),
    "data.remarks": ("Кожне зауваження з адресою у файлі", "Every remark with its address in the file"),
    "data.gaps": ("Наскільки дані повні", "How complete the data are"),
    "data.returns": ("Місячні звіти, що не надійшли", "Monthly returns that did not come"),
    "data.returns.none": ("Усі очікувані звіти надійшли.", "All expected returns came."),
    "data.contradictions": ("Де джерела суперечать одне одному", "Where sources contradict each other"),
    "data.contradictions.text": (
        "Ми не вирішуємо, хто має рацію: показано обидва твердження.",
        "We do not decide who is right: both statements are shown.",
    ),
    "data.contradictions.none": ("Суперечностей не знайдено.", "No contradictions were found."),
    "data.facts": ("Публічні факти та їхні джерела", "Public facts and their sources"),
    "data.populations": ("Населення районів", "Population of the districts"),
    "data.method": ("Визначення показників", "Definitions of the figures"),
    "data.formula": ("Формула", "Formula"),
    "gap.registrations_without_contact": (
        "Реєстрації без ел. пошти й телефону",
        "Registrations without e-mail or phone",
    ),
    "gap.registrations_without_group": ("Реєстрації без групи учасників", "Registrations without a participant group"),
    "gap.registrations_without_home": ("Реєстрації без району проживання", "Registrations without a home district"),
    "gap.registrations_without_time": ("Реєстрації без часу запису", "Registrations without the time of signing up"),
    "gap.events_without_list": ("Події без списку реєстрацій", "Events without a list of registrations"),
    "gap.events_without_attendance": ("Події, де не відмічали присутніх", "Events where nobody noted who came"),
    "gap.events_without_district": ("Події без району", "Events without a district"),
    "gap.events_without_theme": ("Події без теми", "Events without a theme"),
    "gap.events_without_time": ("Події без години початку", "Events without a starting hour"),
    "gap.events_without_seats": ("Події без кількості місць", "Events without a number of seats"),
    "gap.spaces_without_point": ("Простори без точки на карті", "Spaces without a point on the map"),
    "gap.spaces_without_district": ("Простори без району", "Spaces without a district"),
    "gap.spaces_without_capacity": ("Простори без місткості", "Spaces without a capacity"),
}


def say(key: str, lang: Lang, **values: object) -> str:
    """The text of a key in a language, with the values put in.

    Raises:
        KeyError: there is no such key, or the text asks for a value that was not given.
    """
    text = WORDS[key][0 if lang == "uk" else 1]
    return text.format(**values) if values else text
