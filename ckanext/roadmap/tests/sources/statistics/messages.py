"""Messages written by hand after the standard: what offices send and the library does not write."""

from __future__ import annotations

V = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
SPACES = (
    f'xmlns:m="{V}/message" xmlns:c="{V}/common" xmlns:s="{V}/data/structurespecific" xmlns:g="{V}/data/generic" '
    f'xmlns:f="{V}/message/footer" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ns1="urn:sdmx:x"'
)


def header(dimension: str = "TIME_PERIOD", more: str = "") -> str:
    return (
        f'<m:Header><m:ID>x</m:ID><m:Structure structureID="S" dimensionAtObservation="{dimension}"><c:Structure>'
        f'<Ref agencyID="UZSTAT" id="D" version="1.0"/></c:Structure></m:Structure>{more}</m:Header>'
    )


def message(kind: str, body: str, dimension: str = "TIME_PERIOD", more: str = "", after: str = "") -> bytes:
    text = f'<?xml version="1.0" encoding="UTF-8"?><m:{kind} {SPACES}>{header(dimension, more)}{body}{after}</m:{kind}>'
    return text.encode()


def values(**found: str) -> str:
    return "".join(f'<g:Value id="{name}" value="{value}"/>' for name, value in found.items())


SPECIFIC = message(
    "StructureSpecificData",
    '<ns1:DataSet s:structureRef="S" s:action="Replace" action="Replace" SOURCE="Stat"  xsi:type="ns1:DataSetType">'
    '<Group xsi:type="ns1:Sibling" REF_AREA="UZ1703" TITLE="Andijon &amp; tumanlar"/>'
    '<Group xsi:type="ns1:Sibling" REF_AREA="UZ1706" TITLE="Buxoro"/>'
    '<Series FREQ="A" REF_AREA="UZ1703" UNIT="PS"><Obs TIME_PERIOD="2023" OBS_VALUE="1.50" OBS_STATUS="A"/>'
    '<Obs TIME_PERIOD="2024" OBS_STATUS="M"/></Series>'
    '<Series FREQ="A" REF_AREA="UZ1706" UNIT="PS"><Obs TIME_PERIOD="2023" OBS_VALUE="2"/></Series>'
    '<Series FREQ="A" REF_AREA="UZ1726" UNIT="PS"/></ns1:DataSet>',
)  # fmt: skip
GENERIC = message(
    "GenericData",
    '<m:DataSet structureRef="S" action="Replace">'
    f"<g:Attributes>{values(SOURCE='Stat')}</g:Attributes>"
    f'<g:Group type="Sibling"><g:GroupKey>{values(REF_AREA="UZ1703")}</g:GroupKey>'
    f"<g:Attributes>{values(TITLE='Andijon &amp; tumanlar')}</g:Attributes></g:Group>"
    f'<g:Group type="Sibling"><g:GroupKey>{values(REF_AREA="UZ1706")}</g:GroupKey>'
    f"<g:Attributes>{values(TITLE='Buxoro')}</g:Attributes></g:Group>"
    f"<g:Series><g:SeriesKey>{values(FREQ='A', REF_AREA='UZ1703')}</g:SeriesKey>"
    f"<g:Attributes>{values(UNIT='PS')}</g:Attributes>"
    '<g:Obs><g:ObsDimension value="2023"/><g:ObsValue value="1.50"/>'
    f"<g:Attributes>{values(OBS_STATUS='A')}</g:Attributes></g:Obs>"
    f'<g:Obs><g:ObsDimension value="2024"/><g:Attributes>{values(OBS_STATUS="M")}</g:Attributes></g:Obs></g:Series>'
    f"<g:Series><g:SeriesKey>{values(FREQ='A', REF_AREA='UZ1706')}</g:SeriesKey>"
    f"<g:Attributes>{values(UNIT='PS')}</g:Attributes>"
    '<g:Obs><g:ObsDimension value="2023"/><g:ObsValue value="2"/></g:Obs></g:Series></m:DataSet>',
)
FLAT = message(
    "GenericData",
    '<m:DataSet structureRef="S">'
    f"<g:Attributes>{values(SOURCE='Stat')}</g:Attributes>"
    + "".join(
        f"<g:Obs><g:ObsKey>{values(FREQ='A', REF_AREA=area, TIME_PERIOD=year)}</g:ObsKey>"
        + (f'<g:ObsValue value="{value}"/>' if value else "")
        + f"<g:Attributes>{values(UNIT='PS', TITLE=title, **({'OBS_STATUS': status} if status else {}))}</g:Attributes></g:Obs>"
        for area, year, value, title, status in (
            ("UZ1703", "2023", "1.50", "Andijon &amp; tumanlar", "A"), ("UZ1703", "2024", "", "Andijon &amp; tumanlar", "M"),
            ("UZ1706", "2023", "2", "Buxoro", ""),
        )
    )
    + "</m:DataSet>",
    "AllDimensions",
)  # fmt: skip
SHARED = {"FREQ": "A", "UNIT": "PS", "SOURCE": "Stat"}
FOUND = [
    {**SHARED, "REF_AREA": "UZ1703", "TITLE": "Andijon & tumanlar", "TIME_PERIOD": "2023", "OBS_VALUE": "1.50", "OBS_STATUS": "A"},
    {**SHARED, "REF_AREA": "UZ1703", "TITLE": "Andijon & tumanlar", "TIME_PERIOD": "2024", "OBS_STATUS": "M"},
    {**SHARED, "REF_AREA": "UZ1706", "TITLE": "Buxoro", "TIME_PERIOD": "2023", "OBS_VALUE": "2"},
]  # fmt: skip
ACROSS = message(
    "StructureSpecificData",
    '<m:DataSet s:structureRef="S"><Series FREQ="A" TIME_PERIOD="2023">'
    '<Obs xsi:type="ns1:BIRTHS" OBS_VALUE="5"/><Obs xsi:type="ns1:DEATHS" OBS_VALUE="3"/></Series></m:DataSet>',
    "INDICATOR",
)
