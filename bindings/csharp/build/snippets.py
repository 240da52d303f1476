#!/usr/bin/env python3
"""Makes the snippets of the README a part of the tests: snippets.py README OUTPUT

A snippet is a program (it has a Main), members of a class (it begins with an access modifier), or statements.
"""

import re
import sys
from pathlib import Path

HEAD = """using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace LearnerLink.Tests
{{
    internal sealed partial class Snippets
    {{
        internal const int Count = {count};
{members}
    }}
}}
"""


def main(readme: str, output: str) -> None:
    """Writes the C# source."""
    members, programs = [], []
    snippets = re.findall(r"^```csharp\n(.*?)^```", Path(readme).read_text("utf-8"), re.S | re.M)
    for number, snippet in enumerate(snippets):
        if "static void Main" in snippet:
            programs.append(f"namespace LearnerLink.Tests.Snippet{number}\n{{\n{snippet}}}\n")
            members.append(f"internal Task Run{number}()\n{{\nSnippet{number}.Program.Main();\nreturn Task.FromResult(0);\n}}")
        elif re.match(r"(///|public|private|internal|protected) ?", snippet):
            members.append(f"{snippet}\ninternal Task Run{number}()\n{{\nreturn Task.FromResult(0);\n}}")
        else:
            # One that does not wait is a method all the same.
            members.append(f"internal async Task Run{number}()\n{{\n{snippet}\nawait Task.Yield();\n}}")
    text = HEAD.format(count=len(snippets), members="\n".join(members)) + "\n".join(programs)
    Path(output).write_text(text, "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
