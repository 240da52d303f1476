"""Writes what a library is made of: the licences of its dependencies, and a bill of materials (CycloneDX 1.5).

    inventory.py TARGET FOLDER [COMPILER]

TARGET is the Rust target whose dependencies count; COMPILER is what compiles for it, `rustc` when not given. Both files
are a function of Cargo.lock, the compiler and the sources alone. The standard library's licences are what the installed
toolchain says of them.
"""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PREFERRED = ("MIT", "Apache-2.0")
# Sources in C that a crate brings along: what they say of themselves, and where their version stands.
BUNDLED = {
    "libsqlite3-sys": (
        "SQLite",
        "The author disclaims copyright to this source code: SQLite is in the public domain.",
        "sqlite3/sqlite3.h",
        r'#define SQLITE_VERSION +"([^"]+)"',
    ),
}
STANDARD_LIBRARY = "RUST-STANDARD-LIBRARY-LICENSES.html"


def cargo(*arguments):
    return subprocess.run(["cargo", *arguments], cwd=PROJECT, check=True, capture_output=True, text=True).stdout


def dependencies(target):
    """The packages that are linked into the library, by name and version."""
    tree = cargo("tree", "--locked", "-p", "learnerlink", "-e", "normal,no-proc-macro", "--target", target, "--prefix", "none", "-f", "{p}")
    names = {tuple(line.split()[:2]) for line in tree.splitlines() if line.strip()}
    metadata = json.loads(cargo("metadata", "--locked", "--format-version", "1"))
    packages = {(package["name"], "v" + package["version"]): package for package in metadata["packages"]}
    found = [packages[name] for name in names if packages[name]["source"]]
    return sorted(found, key=lambda package: (package["name"], package["version"]))


def licence_files(package):
    """The texts of the licences that apply; of several to choose from, the one that is preferred."""
    folder = Path(package["manifest_path"]).parent
    files = sorted(path for path in folder.iterdir() if re.match(r"(?i)(licen[cs]e|copying|unlicense|notice)", path.name) and path.is_file())
    for choice in PREFERRED:
        chosen = [path for path in files if choice.split("-")[0].lower() in path.name.lower()]
        if chosen and choice in package["license"] and " AND " not in package["license"]:
            return chosen
    return files


def licences(packages):
    parts = [
        "LearnerLink holds code of the following projects. Each stands under the licence named with it, whose text follows\n"
        f"where the project ships one. What holds for Rust's standard library is in {STANDARD_LIBRARY}.\n"
    ]
    seen = {}
    for package in packages:
        title = f"{package['name']} {package['version']}"
        lines = ["=" * 100, f"{title}: {package['license']}"]
        if package.get("repository"):
            lines.append(package["repository"])
        if package.get("authors"):
            lines.append("Authors: " + ", ".join(package["authors"]))
        texts = licence_files(package)
        if not texts:
            lines += ["", "The project ships no copy of the text."]
        for path in texts:
            text = "\n".join(line.rstrip() for line in path.read_text("utf-8", "replace").strip().splitlines())
            where = seen.setdefault(text, title)
            lines += ["", f"The same text as under {where}." if where != title else text]
        if package["name"] in BUNDLED:
            name, words, _, _ = BUNDLED[package["name"]]
            lines += ["", f"{name}: {words}"]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def expression(package):
    # Before there were expressions, a slash stood for OR.
    return package["license"].replace("/", " OR ")


def bundled(package):
    """The component in C that a crate brings along."""
    name, _, file, pattern = BUNDLED[package["name"]]
    text = (Path(package["manifest_path"]).parent / file).read_text("utf-8", "replace")
    version = re.search(pattern, text).group(1)
    purl = f"pkg:generic/{name.lower()}@{version}"
    return {
        "type": "library", "bom-ref": purl, "name": name, "version": version, "scope": "required",
        "licenses": [{"license": {"id": "blessing"}}], "purl": purl,
    }


def standard_library(compiler):
    said = subprocess.run([compiler, "-vV"], check=True, capture_output=True, text=True).stdout
    version = re.search(r"^release: (.*)$", said, re.M).group(1)
    purl = f"pkg:generic/rust-std@{version}"
    return {
        "type": "library", "bom-ref": purl, "name": "rust-std", "version": version, "scope": "required",
        "licenses": [{"expression": "MIT OR Apache-2.0"}], "purl": purl,
    }


def bill_of_materials(packages, version, compiler):
    checksums = {
        (package["name"], package["version"]): package.get("checksum")
        for package in tomllib.loads((PROJECT / "Cargo.lock").read_text())["package"]
    }
    components = []
    for package in packages:
        purl = f"pkg:cargo/{package['name']}@{package['version']}"
        component = {
            "type": "library", "bom-ref": purl, "name": package["name"], "version": package["version"],
            "scope": "required", "licenses": [{"expression": expression(package)}], "purl": purl,
        }
        checksum = checksums.get((package["name"], package["version"]))
        if checksum:
            component["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        components.append(component)
        if package["name"] in BUNDLED:
            components.append(bundled(package))
    components.append(standard_library(compiler))
    ours = f"pkg:cargo/learnerlink@{version}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {
            "component": {
                "type": "library", "bom-ref": ours, "name": "learnerlink", "version": version,
                "licenses": [{"expression": "MIT"}], "purl": ours,
            },
        },
        "components": components,
        "dependencies": [{"ref": ours, "dependsOn": [component["bom-ref"] for component in components]}],
    }


def main():
    target, folder = sys.argv[1], Path(sys.argv[2])
    compiler = sys.argv[3] if len(sys.argv) > 3 else "rustc"
    packages = dependencies(target)
    version = tomllib.loads((PROJECT / "Cargo.toml").read_text())["workspace"]["package"]["version"]
    (folder / "THIRD-PARTY-LICENSES.txt").write_text(licences(packages), "utf-8")
    bill = bill_of_materials(packages, version, compiler)
    (folder / "learnerlink.cdx.json").write_text(json.dumps(bill, indent=2) + "\n", "utf-8")
    toolchain = subprocess.run(["rustc", "--print", "sysroot"], check=True, capture_output=True, text=True).stdout.strip()
    shutil.copyfile(Path(toolchain) / "share/doc/rust/COPYRIGHT-library.html", folder / STANDARD_LIBRARY)


main()
