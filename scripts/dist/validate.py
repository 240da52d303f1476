"""Checks a bill of materials against the schema of CycloneDX 1.5, which the library of that project has.

    validate.py FILE
"""

import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

error = JsonStrictValidator(SchemaVersion.V1_5).validate_str(Path(sys.argv[1]).read_text("utf-8"))
if error:
    sys.exit(f"{sys.argv[1]} is not CycloneDX 1.5: {error}")
