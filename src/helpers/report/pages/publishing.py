"""The nbconvert exporter `council_report`: from an executed notebook alone to a published page.

`jupyter nbconvert --to council_report report.en.ipynb` and `workbook build` give the same bytes.
The page has no script and asks nothing of anyone: a Content-Security-Policy enforces it.
"""

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from helpers.errors import WorkbookError
from helpers.report.pages.page import publish


class CouncilReportExporter(Exporter):
    """Render a notebook that the workbook's engine ran; refuse any other."""

    export_from_notebook = "Audit report (HTML)"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def _default_preprocessors_default(self) -> list[Any]:
        """None: nothing that stands in somebody's configuration is to change a published page."""
        return []

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """Render a file; where nbconvert's own command asks, say why not without a traceback."""
        from nbconvert.nbconvertapp import NbConvertApp

        try:
            return super().from_filename(filename, resources, **kw)  # type: ignore[no-any-return]
        except WorkbookError as error:
            if not NbConvertApp.initialized():
                raise
            error.show()
            raise SystemExit(error.exit_code) from None

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, Any]:
        """Return the page and nbconvert's resources; raises NotPublishable."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return publish(notebook), resources
