"""Uzbek words whose two spellings do not follow from their letters (read by `script.py`)."""

from __future__ import annotations

import re

# Latin stem (official apostrophes) -> Cyrillic stem. A stem stands alone or before a native ending.
STEMS: dict[str, str] = {
    # The soft sign, which Latin drops.
    "albom": "альбом", "aprel": "апрель", "bolshevik": "большевик", "dekabr": "декабрь",
    "delfin": "дельфин", "detal": "деталь", "film": "фильм", "fakultet": "факультет",
    "fevral": "февраль", "filtr": "фильтр", "filtrla": "фильтрла", "filtrlash": "фильтрлаш",
    "gospital": "госпиталь", "iyul": "июль", "iyun": "июнь", "kalendar": "календарь",
    "kontrol": "контроль", "konsultant": "консультант", "model": "модель", "modul": "модуль",
    "noyabr": "ноябрь", "oktabr": "октябрь", "panel": "панель", "parol": "пароль",
    "portfel": "портфель", "profil": "профиль", "rol": "роль", "rubl": "рубль", "sentabr": "сентябрь",
    "slovar": "словарь", "tabel": "табель", "tekstil": "текстиль", "tunnel": "туннель",
    "vodorosl": "водоросль", "yanvar": "январь", "sekretar": "секретарь", "rels": "рельс",
    "kompyuter": "компьютер", "interval": "интервал",
    # The hard sign after the letter o with a mark, which Latin drops.
    "mo‘jiza": "мўъжиза", "mo‘tabar": "мўътабар", "mo‘tadil": "мўътадил", "no‘mon": "нўъмон",
    # A hard sign before e, which Latin writes ye.
    "obyekt": "объект", "subyekt": "субъект", "syezd": "съезд", "adyutant": "адъютант",
    # y and o as two letters.
    "rayon": "район", "mayor": "майор", "mayonez": "майонез", "yod": "йод", "yogurt": "йогурт",
    "york": "йорк", "bayonet": "байонет", "rayonnoma": "районнома",
    # The letter ц where Latin writes s.
    "sement": "цемент", "sentner": "центнер", "senz": "ценз", "senzura": "цензура", "sex": "цех",
    "sikl": "цикл", "siklon": "циклон", "silindr": "цилиндр", "sink": "цинк", "sirk": "цирк",
    "sirkul": "циркуль", "sitata": "цитата", "sitrus": "цитрус", "sivilizatsiya": "цивилизация",
    "sellofan": "целлофан", "abzas": "абзац", "kvars": "кварц", "konsert": "концерт",
    "konsern": "концерн", "konsessiya": "концессия", "konsepsiya": "концепция",
    "konseptual": "концептуал", "kansler": "канцлер", "kanselyariya": "канцелярия",
    "prinsip": "принцип", "prinsipial": "принципиал", "provinsiya": "провинция", "fransiya": "франция",
    "fransuz": "француз", "aksioner": "акционер", "aksiya": "акция", "aksiz": "акциз",
    "seksiya": "секция", "funksional": "функционал", "funksiya": "функция",
    "konstitutsiya": "конституция", "kommersiya": "коммерция", "vaksina": "вакцина",
    "vaksinatsiya": "вакцинация", "korrupsiya": "коррупция", "opsiya": "опция",
    "proporsiya": "пропорция", "lisenziya": "лицензия", "lisenziyalash": "лицензиялаш",
    "litsenziya": "лицензия", "shvetsiya": "швеция", "gretsiya": "греция", "sertifikat": "сертификат",
    "farmatsevtika": "фармацевтика", "sellyuloza": "целлюлоза", "konsentratsiya": "концентрация",
    "porsiya": "порция", "eksport": "экспорт", "subsidiya": "субсидия", "tablitsa": "таблица",
    "yelizaveta": "елизавета",
}  # fmt: skip

# -nsiya, -ksiya and -psiya write ц in Cyrillic but for these.
PLAIN_S = frozenset({"pensiya", "refleksiya", "kompleksiya", "dimensiya", "ekspansiya"})

# Native endings that may follow a stem of the table above.
ENDINGS = re.compile(
    r"(?:lar|ning|ni|gacha|ga|qa|ka|dagi|dan|da|imiz|ingiz|im|ing|i|si|siz|lik|li|chi|cha|viy|"
    r"larning|niki|lash|lashtirish|lashgan|langan|mi|dir|chilik|chasiga)*"
)

# Names of formats, systems and organisations that stay in the Latin script.
_LATIN_NAMES = (
    "AJAX API ASCII AWS BOM bool CC CDN Celery CKAN CKEditor Commons CORS Creative Croissant CSRF CSS CSV "
    "CSVW Data Database Datapusher DCAT Definition DEGREE Docker DOCX DOI DSD ELI Enter EPSG Excel Flask "
    "Frictionless FTP FTPS GDP GET GIF GIS Git GML GNU GPX Gravatar GUID GZ GZIP HDF HTML HTTP HTTPS ID "
    "iframe IP ISO JDBC Jinja JPEG JPG JS JSON Jupyter JWT KML KMZ LD LDAP Leaflet License Lines Linux "
    "Markdown MIME Moment MSSQL MVT NONE OAUTH OAuth ODBC ODIN ODS ODT OGC OGL Open OWL Parquet PATCH "
    "PDDL PDF PHP PNG POST PUT Python RDF Redis REST RGB RQ RSS RTF Ruby SDMX SFTP SHA Shapefile SHIFT "
    "SHP SMTP SOAP Solr SPARQL SQL SSH SSL SSO Stata SVG TIFF TLS Trackback TSV TTL Turtle TXT UI URI URL "
    "URN USB UTC UTF UUID WAR WFS Wikipedia WMS WMTS XHTML XLS XLSX XML XSD YAML YML ZIP"
)
LATIN_NAMES = frozenset(_LATIN_NAMES.split())
