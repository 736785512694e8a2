"""LibreOffice, which opens spreadsheets in tests. As a script: install it if it is not there."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO

from deploy.install import install

PACKAGE = "libreoffice-calc-nogui"  # of Debian and Ubuntu
PLACES = os.pathsep.join([os.environ.get("PATH", os.defpath), "/Applications/LibreOffice.app/Contents/MacOS"])
MISSING = "No LibreOffice could be installed. Install one, so that it is found as soffice."
# Separated by commas, in UTF-8, numbers in full and not as they are shown.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"


def find() -> str | None:
    """Return the path of an installed LibreOffice, or None."""
    return shutil.which("soffice", path=PLACES)


def calculated(sheets, folder):
    """Let LibreOffice work out spreadsheets, by name, of which only it knows what the formulas give: texts of cells."""
    for name, content in sheets.items():
        (folder / f"{name}.ods").write_bytes(without_results(content))
    visit = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.ods") for name in sheets]
    command = [find(), visit, "--headless", "--convert-to", AS_CSV, "--outdir", str(folder), *files]
    subprocess.run(command, capture_output=True, check=True)
    return {name: (folder / f"{name}.csv").read_text(encoding="utf-8") for name in sheets}


def without_results(content):
    """Return a spreadsheet without what is stored beside its formulas."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as given, zipfile.ZipFile(made, "w") as bare:
        for entry in given.infolist():
            text = given.read(entry).decode()
            cell = r'(table:formula="[^"]*") office:value-type="float" office:value="[^"]*"><text:p>[^<]*</text:p>'
            bare.writestr(entry, re.sub(cell, r"\1>", text))
    return made.getvalue()


if __name__ == "__main__":
    if not find():
        install(PACKAGE)
    if not find():
        sys.exit(MISSING)
