"""The frame of every page: a template in the house style, around what it is given."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers.report.languages.language import Language
from helpers.report.pages.seal import UNSEALED, seal

TEMPLATES = Path(__file__).parent / "templates"


def render_frame(template: str, language: Language, **parts: Any) -> str:
    """Return one of our page templates, in the house style and sealed, with the parts put in."""
    label = language.label
    return seal(
        _environment()
        .get_template(template)
        .render(
            language=language.code,
            unsealed=Markup(UNSEALED),
            stylesheet=(TEMPLATES / "style.css").read_text(encoding="utf-8"),
            labels={
                "skip_to_content": label("Skip to main content"),
                "contents": label("Contents"),
                "data_notice": label("About this page"),
            },
            **parts,
        )
    )


def compile_templates() -> None:
    """Get ready to render any of our templates."""
    for path in TEMPLATES.glob("*.j2"):
        _environment().get_template(path.name)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
