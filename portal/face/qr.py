"""A QR code as one path of an SVG: drawn in the page, so that no other host and no data: address is needed."""

QUIET = 4  # modules of white around it


def qr_path(text: str) -> tuple[int, str]:
    """(modules per side with the quiet zone, path data) of the QR code of a text; rows are drawn as runs."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return len(rows), "".join(_runs(y, row) for y, row in enumerate(rows))


def _runs(y: int, row: list[bool]) -> str:
    parts, x = [], 0
    while x < len(row):
        end = x
        while end < len(row) and row[end]:
            end += 1
        if end > x:
            parts.append(f"M{x} {y}h{end - x}v1H{x}z")
        x = max(end, x) + (end == x)
    return "".join(parts)
