"""The process that opens one workbook: `python -I unpacking.py '{"rows": …}' < workbook > answer`.

It is a program of its own because the library that reads workbooks makes room for every cell between the first and the
last: a file of 5 kB with two cells far apart asks for 500 GB, and its allocator then ends the whole process. Here that ends
nothing else. It imports nothing of the portal, so that it starts in a tenth of a second.

What the library gets is an archive of our own, made of what was really unpacked and counted: no size that the file tells
of itself, and no second entry of the same name, is ever believed.
"""

import datetime as dt
import io
import json
import resource
import sys
import zipfile

CHUNK = 1 << 16  # bytes
WANTED = (".xml", ".rels")  # no picture, no program, no font


class TooMuch(Exception):
    """(of what, in which row)"""


def repacked(data: bytes, most: int) -> io.BytesIO:
    """The parts that a reader needs, uncompressed. Raises TooMuch when more than `most` bytes come out."""
    left, result = most, io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as new:
        for entry in old.infolist():
            if not entry.filename.endswith(WANTED):
                continue
            with old.open(entry) as source, new.open(entry.filename, "w") as target:
                while chunk := source.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise TooMuch("unpacked", 0)
                    target.write(chunk)
    result.seek(0)
    return result


def text(value: object) -> str:
    """A cell as a person would type it: numbers without an idle `.0`, dates by ISO 8601, midnight as the day alone."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        if value.time() == dt.time():
            return value.date().isoformat()
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, dt.time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def read(data: bytes, order: dict) -> dict:  # type: ignore[type-arg]
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    book = load_workbook(repacked(data, order["unpacked"]))
    shown = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    rows, cells, letters = [], 0, 0
    name = ""
    for name in shown:  # the first with anything in it
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        for line, row in enumerate(sheet.iter_rows(), start=1):
            values = [text(value) for value in row]
            while values and not values[-1].strip():
                values.pop()
            if not values:
                continue
            rows.append([line, values])
            cells += len(values)
            letters += sum(map(len, values))
            if len(rows) > order["rows"]:
                raise TooMuch("rows", line)
            if len(values) > order["columns"]:
                raise TooMuch("columns", line)
            if max(map(len, values)) > order["cell"]:
                raise TooMuch("cell", line)
            if cells > order["cells"]:
                raise TooMuch("cells", line)
            if letters > order["unpacked"]:  # a shared text counts wherever it stands
                raise TooMuch("unpacked", line)
        break
    return {"sheet": name, "unread": [other for other in shown if other != name][:20], "rows": rows}


def main() -> None:
    order = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    try:
        answer = read(sys.stdin.buffer.read(), order)
    except TooMuch as found:
        answer = {"refused": list(found.args)}
    sys.stdout.write(json.dumps(answer))  # in ASCII: no locale is asked


if __name__ == "__main__":
    main()
