#!/usr/bin/env python3
"""Writes a NuGet package: pack.py NUSPEC VERSION FOLDER OUTPUT

The files that the nuspec lists are taken from FOLDER, a folder with all it holds. The same files give the same bytes.
"""

import re
import sys
import uuid
import zipfile
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

NAMESPACE = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"
CONTENT = {"rels": "application/vnd.openxmlformats-package.relationships+xml",
           "psmdcp": "application/vnd.openxmlformats-package.core-properties+xml"}
RELATIONS = """<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/{nuspec}" Id="R1" />
  <Relationship Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="/{core}" Id="R2" />
</Relationships>
"""
CORE = """<?xml version="1.0" encoding="utf-8"?>
<coreProperties xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">
  <dc:creator>{authors}</dc:creator>
  <dc:description>{description}</dc:description>
  <dc:identifier>{id}</dc:identifier>
  <version>{version}</version>
  <keywords>{tags}</keywords>
</coreProperties>
"""


def files_of(manifest: ElementTree.Element, folder: Path) -> dict:
    """The files of a package by their names in it."""
    found = {}
    for file in manifest.iter(f"{{{NAMESPACE}}}file"):
        source, target = folder / file.get("src"), file.get("target")
        if source.is_dir():
            for path in sorted(path for path in source.rglob("*") if path.is_file()):
                found[f"{target}/{path.relative_to(source).as_posix()}"] = path.read_bytes()
        else:
            found[target] = source.read_bytes()
    return found


def types_of(names) -> str:
    """The part that says what each file is, by its extension or, without one, by its name."""
    extensions = {Path(name).suffix[1:] for name in names} - {""}
    lines = [f'  <Default Extension="{extension}" ContentType="{CONTENT.get(extension, "application/octet")}" />'
             for extension in sorted(extensions)]
    lines += [f'  <Override PartName="/{name}" ContentType="application/octet" />'
              for name in sorted(names) if not Path(name).suffix[1:]]
    return ('<?xml version="1.0" encoding="utf-8"?>\n'
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\n' + "\n".join(lines) + "\n</Types>\n")


def main(nuspec: str, version: str, folder: str, output: str) -> None:
    """Writes the package."""
    text = Path(nuspec).read_text("utf-8").replace("$version$", version)
    manifest = ElementTree.fromstring(text.encode())
    metadata = {child.tag.split("}")[1]: child.text for child in manifest[0] if child.text}
    packed = files_of(manifest, Path(folder))
    # What lies in the package is listed by the package itself.
    packed[Path(nuspec).name] = re.sub(r"\n  <files>.*</files>", "", text, flags=re.S).encode()
    core = f"package/services/metadata/core-properties/{uuid.uuid5(uuid.NAMESPACE_URL, metadata['id'] + version).hex}.psmdcp"
    packed[core] = CORE.format(**{key: escape(value) for key, value in metadata.items()}).encode()
    packed["_rels/.rels"] = RELATIONS.format(nuspec=Path(nuspec).name, core=core).encode()
    packed["[Content_Types].xml"] = types_of(packed).encode()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(packed):
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), packed[name], zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main(*sys.argv[1:])
