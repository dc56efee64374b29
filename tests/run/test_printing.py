"""What cells print reaches the report whole, and in the order in which it was printed."""

import nbformat
from nbclient import NotebookClient

from helpers.run.processes.printing import LimitedStream

STREAM = f"--IPKernelApp.outstream_class={LimitedStream.__module__}.{LimitedStream.__name__}"
CODE = """\
import sys
print("first")
display("second")
print("third")
sys.stdout.flush()
print("fourth", file=sys.stderr)
sys.stderr.flush()
print("fifth")
"sixth"
"""


def test_what_a_cell_prints_shows_and_returns_keeps_its_order():
    cells = [nbformat.v4.new_code_cell(CODE) for _ in range(2)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, kernel_name="python3", extra_arguments=[STREAM]).execute()
    for cell in notebook.cells:
        assert [_text(output) for output in cell.outputs] == [
            ("stdout", "first\n"),
            ("display_data", "'second'"),
            ("stdout", "third\n"),
            ("stderr", "fourth\n"),
            ("stdout", "fifth\n"),
            ("execute_result", "'sixth'"),
        ]


def _text(output: nbformat.NotebookNode) -> tuple[str, str]:
    if output.output_type == "stream":
        return output.name, output.text
    return output.output_type, output.data["text/plain"]
