"""What computes is loaded once, however many ask at the start."""

import subprocess
import sys

ASK_TWO_AT_ONCE = """
import asyncio, sys
from mitral.web.beats import _beat, _schema
from mitral.web.models import Scenario
from mitral.web.workers import Workers

async def both():
    workers = Workers()
    assert "mitral.workflow" not in sys.modules, "nothing heavy is loaded before it is asked for"
    beat, schema = await asyncio.gather(
        workers.run(lambda: _beat(Scenario())), workers.run(_schema)
    )
    print(beat["settled"], len(schema["parameters"]) > 100)
    workers.close()

asyncio.run(both())
"""


def test_two_who_ask_at_the_start_are_both_answered() -> None:
    for _ in range(3):  # which thread imports what first is a matter of chance
        done = subprocess.run(
            [sys.executable, "-c", ASK_TWO_AT_ONCE], capture_output=True, text=True, check=False
        )
        assert done.stdout.strip() == "True True", done.stderr
