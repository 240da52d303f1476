"""What is in the wheel and in the source distribution, and that everything public is documented."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import learnerlink

DIST = Path(os.environ["LEARNERLINK_TEST_DIST"])
WHEEL = next(DIST.glob("*.whl"))


def test_the_installed_package_is_tested_and_not_the_sources():
    assert "site-packages" in learnerlink.__file__
    info = learnerlink.library_info()
    assert Path(info.path).parent == Path(learnerlink.__file__).with_name("_lib")
    assert info.version == learnerlink.__version__


def test_the_wheel_has_the_library_the_types_and_the_tag_of_its_platform():
    names = zipfile.ZipFile(WHEEL).namelist()
    assert sum("/_lib/" in name for name in names) == 1
    assert "learnerlink/py.typed" in names
    assert not [name for name in names if "test" in name]
    assert re.search(r"-py3-none-(manylinux_2_\d+|musllinux_1_2|macosx|win)", WHEEL.name)
    metadata = zipfile.ZipFile(WHEEL).read(next(name for name in names if name.endswith("/METADATA"))).decode()
    needed = re.findall(r"^Requires-Dist: .*$", metadata, re.M)
    assert all("extra ==" in line for line in needed), "nothing is needed unless it is asked for"


@pytest.mark.skipif(sys.platform != "linux", reason="auditwheel is for Linux")
def test_auditwheel_agrees_with_the_tag():
    tag = WHEEL.stem.split("-")[-1]
    command = [sys.executable, "-m", "auditwheel", "show", str(WHEEL)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert f'"{tag}"' in shown


def test_the_source_distribution_has_no_library():
    names = tarfile.open(next(DIST.glob("*.tar.gz"))).getnames()
    assert not [name for name in names if name.endswith((".so", ".dll", ".dylib"))]
    assert any(name.endswith("hatch_build.py") for name in names)


def test_everything_public_has_a_docstring():
    for name in learnerlink.__all__:
        member = getattr(learnerlink, name)
        if inspect.isclass(member) or inspect.isfunction(member) or inspect.ismodule(member):
            assert inspect.getdoc(member), name
    for kind in (learnerlink.Plugin, learnerlink.aio.Plugin, learnerlink.QrShare, learnerlink.ShareOutcome):
        for name, member in inspect.getmembers(kind):
            if not name.startswith("_"):
                assert inspect.getdoc(member), f"{kind.__name__}.{name}"
